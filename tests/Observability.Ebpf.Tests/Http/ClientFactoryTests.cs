using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Observability.Ebpf.Tests.Http;

/// <summary>Clients that IHttpClientFactory makes, as applications register them.</summary>
public sealed class ClientFactoryTests
{
    [SkippableTheory]
    [InlineData("default")]
    [InlineData("HttpClientHandler")]
    [InlineData("byte-exact")]
    public async Task Spans_of_a_factory_s_clients_name_the_port_that_the_server_saw(string name)
    {
        Linux.Require();
        await using var server = await TrueServer.Start();
        var ended = new ConcurrentQueue<Activity>();
        var services = new ServiceCollection();
        services.AddObservability(options => options.Prometheus.Enabled = false).AddEbpfCorrelation().WithTracing(tracing => tracing.AddProcessor(new Ended(ended)));
        services.AddHttpClient("default");
        services.AddHttpClient("HttpClientHandler").ConfigurePrimaryHttpMessageHandler(() => new HttpClientHandler());
        services.AddHttpClient("byte-exact").UseSocketsHttpHandler((handler, provider) => handler.ConnectCallback = provider.GetRequiredService<SocketCorrelation>().ConnectAsync);
        await using var provider = services.BuildServiceProvider();
        _ = provider.GetRequiredService<TracerProvider>();

        for (var wave = 0; wave < 3; wave++)
        {
            using var client = provider.GetRequiredService<IHttpClientFactory>().CreateClient(name);
            await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => client.GetStringAsync(server.Http1)));
        }

        var mine = ended.Where(span => server.PortOf.ContainsKey(span.SpanId.ToHexString())).ToList();
        Assert.Equal(15, mine.Count);
        Assert.All(mine, span => Assert.Equal(server.PortOf[span.SpanId.ToHexString()], span.GetTagItem("network.local.port")));
        Assert.All(mine, span => Assert.NotNull(span.GetTagItem("network.socket.cookie")));
    }

    private sealed class Ended(ConcurrentQueue<Activity> spans) : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data) => spans.Enqueue(data);
    }
}
