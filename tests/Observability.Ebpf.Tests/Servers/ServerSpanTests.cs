using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Trace;
using TestPeers;

namespace Observability.Ebpf.Tests.Servers;

public sealed class ServerSpanTests
{
    private const string RequestIn = "Microsoft.AspNetCore.Hosting.HttpRequestIn";

    [SkippableTheory]
    [InlineData("cleartext", "1.1")]
    [InlineData("cleartext", "2.0")]
    [InlineData("TLS", "1.1")]
    [InlineData("TLS", "2.0")]
    public async Task A_server_span_is_the_other_end_of_its_clients(string security, string version)
    {
        Linux.Require();
        using var spans = new SpanCollector();
        await using var server = await TrueServer.Start();
        var handler = new SocketsHttpHandler { MaxConnectionsPerServer = 3 };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=localhost";
        using var client = new HttpClient(handler);
        var address = security == "TLS" ? server.Tls : version == "2.0" ? server.Http2 : server.Http1;

        await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Get(client, address, version)));

        var mine = (await spans.WaitFor(ended => Served(ended, server).Count == 30)).ToLookup(span => span.SpanId.ToHexString());
        foreach (var serving in Served(spans.Ended, server))
        {
            var calling = Assert.Single(mine[serving.ParentSpanId.ToHexString()]);
            foreach (var (near, far) in new[] { ("local", "peer"), ("peer", "local") })
            {
                Assert.Equal(calling.GetTagItem($"network.{near}.port"), serving.GetTagItem($"network.{far}.port"));
                Assert.Equal(calling.GetTagItem($"network.{near}.address"), serving.GetTagItem($"network.{far}.address"));
            }
            Assert.Equal("tcp", serving.GetTagItem("network.transport"));
            Assert.NotEqual(calling.GetTagItem("network.socket.cookie"), serving.GetTagItem("network.socket.cookie"));
        }
    }

    [SkippableFact]
    public async Task Beside_the_packages_that_write_the_peer_themselves_no_attribute_is_doubled()
    {
        Linux.Require();
        var ended = new System.Collections.Concurrent.ConcurrentQueue<Activity>();
        await using var server = await TrueServer.Start(services => services
            .AddObservability(options => options.Prometheus.Enabled = false)
            .AddEbpfCorrelation()
            .WithTracing(tracing => tracing.AddProcessor(new Ended(ended))));
        using var client = new HttpClient();

        for (var i = 0; i < 3; i++) await client.GetStringAsync(server.Http1);

        var clock = Stopwatch.StartNew();
        while (ended.Count(IsMine) < 6 && clock.Elapsed < TimeSpan.FromSeconds(90)) await Task.Delay(10);
        var mine = ended.Where(IsMine).ToList();
        Assert.Equal(6, mine.Count);
        foreach (var span in mine)
        {
            Assert.Equal(span.TagObjects.Select(tag => tag.Key).Distinct(), span.TagObjects.Select(tag => tag.Key));
            foreach (var name in new[] { "network.socket.cookie", "network.local.port", "network.peer.port", "network.peer.address", "network.transport" }) Assert.True(span.GetTagItem(name) is not null, $"{span.OperationName} lacks {name}");
        }

        bool IsMine(Activity span) => server.PortOf.ContainsKey(span.SpanId.ToHexString()) || server.PortOf.ContainsKey(span.ParentSpanId.ToHexString());
    }

    [SkippableFact]
    public async Task The_cookies_are_those_that_ss_prints()
    {
        Linux.Require();
        var ss = Tool.Require("ss");
        using var spans = new SpanCollector();
        await using var server = await TrueServer.Start();
        using var client = new HttpClient();

        await client.GetStringAsync(server.Http1);

        await spans.WaitFor(ended => Served(ended, server).Count == 1);
        // The connection is still kept alive at both ends. ss prints cookies as sk:HEX.
        var lines = Tool.Run(ss, ["-tneH", "state", "established"]).Output.Split('\n');
        foreach (var span in spans.Ended.Where(span => server.PortOf.ContainsKey(span.SpanId.ToHexString()) || server.PortOf.ContainsKey(span.ParentSpanId.ToHexString())))
        {
            var ends = ($"127.0.0.1:{span.GetTagItem("network.local.port")}", $"127.0.0.1:{span.GetTagItem("network.peer.port")}");
            var line = Assert.Single(lines, line => Mentions(line, ends.Item1, ends.Item2));
            var cookie = line.Split(' ').Single(word => word.StartsWith("sk:", StringComparison.Ordinal))[3..];
            Assert.Equal(ulong.Parse(cookie, NumberStyles.HexNumber, CultureInfo.InvariantCulture), ulong.Parse((string)span.GetTagItem("network.socket.cookie")!));
        }
    }

    /// <summary>The local end is printed before the other; an IPv4 end of a dual-stack socket is printed as [::ffff:127.0.0.1]:80.</summary>
    private static bool Mentions(string line, string local, string peer)
    {
        var plain = line.Replace("[::ffff:", "", StringComparison.Ordinal).Replace("]:", ":", StringComparison.Ordinal) + " ";
        var at = plain.IndexOf(local + " ", StringComparison.Ordinal);
        return at >= 0 && plain.IndexOf(peer + " ", at, StringComparison.Ordinal) > at;
    }

    private static IReadOnlyList<Activity> Served(IReadOnlyList<Activity> ended, TrueServer server) =>
        [.. ended.Where(span => span.OperationName == RequestIn && server.PortOf.ContainsKey(span.ParentSpanId.ToHexString()))];

    private static async Task Get(HttpClient client, Uri address, string version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Version = new Version(version), VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var response = await client.SendAsync(request);
        await response.Content.ReadAsStringAsync();
    }

    private sealed class Ended(System.Collections.Concurrent.ConcurrentQueue<Activity> spans) : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data) => spans.Enqueue(data);
    }
}
