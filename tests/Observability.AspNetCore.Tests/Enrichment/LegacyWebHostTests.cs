using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Observability.AspNetCore.Tests.Enrichment;

/// <summary>The host before the generic one, which calls <c>StartAsync</c> alone.</summary>
public class LegacyWebHostTests
{
    [Fact]
    public async Task It_has_complete_server_spans_and_metrics()
    {
        var basket = new Basket();
#pragma warning disable ASPDEPR008 // The host before the generic one is what this is about.
        using var host = WebHost.CreateDefaultBuilder()
            .UseUrls("http://127.0.0.1:0")
            .ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.None))
            .ConfigureServices(services => services.AddRouting().AddObservability(options => options.Prometheus.Port = 0).WithTracing(tracing => tracing.AddProcessor(basket)))
            .Configure(app => app.UseRouting().UseEndpoints(endpoints => endpoints.MapGet("/items/{id:int}", (int id) => id)))
            .Build();
#pragma warning restore ASPDEPR008
        await host.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(host.ServerFeatures.Get<IServerAddressesFeature>()!.Addresses.First()) };
        await client.GetStringAsync("/items/7");
        Assert.Contains("http_server_request_duration", await client.GetStringAsync("/metrics"), StringComparison.Ordinal);
        await host.StopAsync();
        var span = Assert.Single(basket.Ended);
        Assert.Equal(("GET /items/{id:int}", "/items/7"), (span.DisplayName, span.GetTagItem("url.path")));
    }

    private sealed class Basket : BaseProcessor<Activity>
    {
        public ConcurrentQueue<Activity> Ended { get; } = new();

        public override void OnEnd(Activity data)
        {
            if (data is { Kind: ActivityKind.Server, Recorded: true }) Ended.Enqueue(data);
        }
    }
}
