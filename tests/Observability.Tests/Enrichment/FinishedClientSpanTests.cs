using System.Diagnostics;
using System.Net;
using Observability.Enrichment;
using Observability.Sources.HttpClientPeer;
using Observability.Tests.Sources.HttpClientPeer;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Observability.Tests.Enrichment;

/// <summary>The stages in the order in which they are composed, on a real request through the SDK.</summary>
public class FinishedClientSpanTests
{
    [Fact]
    public async Task A_client_span_leaves_with_its_peer_under_both_names_and_without_secrets()
    {
        await using var server = await PeerServer.Start(IPAddress.Loopback);
        var ended = new Ended();
        using var provider = Sdk.CreateTracerProviderBuilder()
            .AddSource("System.Net.Http")
            .SetSampler(new AlwaysOnSampler())
            .AddProcessor(new HttpClientPeerProcessor(new HttpClientPeers()))
            .AddProcessor(new SpanFinish(new TracesOptions { LegacyPeerAttributes = true }, new AttributeLimitOptions(), (_, _, _, _) => { }))
            .AddProcessor(ended)
            .Build();
        using var test = new Activity("test").Start();
        using var client = new HttpClient();
        await client.GetStringAsync(new Uri(server.Address, "/orders?card=4111"));

        var span = Assert.Single(ended.Spans, span => span.TraceId == test.TraceId);
        Assert.Equal(("127.0.0.1", (object)server.Address.Port), (span.GetTagItem("net.peer.ip"), span.GetTagItem("net.peer.port")));
        Assert.Equal(("127.0.0.1", (object)server.Address.Port), (span.GetTagItem("network.peer.address"), span.GetTagItem("network.peer.port")));
        Assert.DoesNotContain(span.TagObjects, tag => tag.Value is string text && text.Contains("4111", StringComparison.Ordinal));
    }

    private sealed class Ended : BaseProcessor<Activity>
    {
        public System.Collections.Concurrent.ConcurrentBag<Activity> Spans { get; } = [];

        public override void OnEnd(Activity data) => Spans.Add(data);
    }
}
