using EndToEnd.Tests.Apps;
using EndToEnd.Tests.Peers;
using OtlpReceiver;
using TestPeers;

namespace EndToEnd.Tests.Prometheus;

/// <summary>A real Prometheus scrapes applications that wrote one line, and answers questions about them.</summary>
public class ScrapeTests
{
    [SkippableFact]
    public async Task It_counts_the_requests_of_a_web_application_and_keeps_their_exemplars()
    {
        Tool.Require("prometheus");
        await using var receiver = await Receiver.Start();
        await using var app = await RunningApp.StartWeb(TestApp.Of("WebApi"), RunningApp.SendingTo(receiver));
        await using var prometheus = await PrometheusServer.Scraping(new Uri(app.Http.BaseAddress!, "/metrics"));
        for (var i = 0; i < 20; i++) await app.Get("/items/" + i);
        await app.Get("/order/red");

        await prometheus.Query("up", value => value == 1);
        await prometheus.Query("sum(http_server_request_duration_seconds_count{http_route=\"/items/{id:int}\",http_response_status_code=\"200\"})", value => value == 20);
        await prometheus.Query("shop_orders_total{colour=\"red\"}", value => value == 1);
        await prometheus.Query("histogram_quantile(0.5, sum by (le) (http_server_request_duration_seconds_bucket))", value => value > 0);
        await prometheus.Query("dotnet_process_memory_working_set_bytes", value => value > 1_000_000);
        var exemplars = await prometheus.Exemplars("http_server_request_duration_seconds_bucket");
        var packing = await receiver.WaitForSpan(span => span.Name == "pack");
        foreach (var id in exemplars) await receiver.WaitForSpan(span => span.TraceId == id);
        Assert.Contains(packing.TraceId, await prometheus.Exemplars("shop_parcel_weight_kg_bucket"));
    }

    [SkippableFact]
    public async Task It_scrapes_a_worker_on_its_own_port()
    {
        var port = FreePort.Next();
        await using var app = RunningApp.Start(TestApp.Of("Worker"), new Dictionary<string, string?> { ["TestApp__End"] = "wait", ["OTEL_EXPORTER_PROMETHEUS_PORT"] = $"{port}" });
        await using var prometheus = await PrometheusServer.Scraping(new Uri($"http://127.0.0.1:{port}/metrics"));

        await prometheus.Query("job_steps_total", value => value == 700);
        await prometheus.Query("target_info{service_name=\"Worker\"}", value => value == 1);
    }

    [SkippableTheory]
    [InlineData("WebApi")]
    [InlineData("Worker")]
    public async Task Promtool_finds_nothing_to_complain_of(string name)
    {
        Tool.Require("promtool");
        var port = FreePort.Next();
        var environment = new Dictionary<string, string?> { ["TestApp__End"] = "wait", ["OTEL_EXPORTER_PROMETHEUS_PORT"] = $"{port}" };
        var isWeb = name == "WebApi";
        await using var app = isWeb ? await RunningApp.StartWeb(TestApp.Of(name), environment) : RunningApp.Start(TestApp.Of(name), environment);
        if (isWeb) await app.Get("/order/red");
        else await app.Process.WaitUntil(() => app.Process.Error.Contains("waiting for a signal"), TimeSpan.FromSeconds(90), "its work is done");

        using var client = new HttpClient();
        var exposition = await client.GetStringAsync(isWeb ? new Uri(app.Http.BaseAddress!, "/metrics") : new Uri($"http://127.0.0.1:{port}/metrics"));
        Assert.Contains(isWeb ? "shop_orders_total" : "job_steps_total", exposition, StringComparison.Ordinal);
        Assert.Empty(PromtoolVerdict.On(exposition));
    }

    [SkippableFact]
    public async Task A_taken_port_is_told_and_the_application_runs()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
        await using var app = RunningApp.Start(TestApp.Of("Worker"), new Dictionary<string, string?> { ["TestApp__End"] = "wait", ["OTEL_EXPORTER_PROMETHEUS_PORT"] = $"{port}" });

        await app.Process.WaitUntil(() => app.Process.Error.Contains("waiting for a signal"), TimeSpan.FromSeconds(90), "its work is done");
        await app.Process.WaitUntil(() => app.Process.Output.Any(line => line.Contains("OBS1004", StringComparison.Ordinal)), TimeSpan.FromSeconds(90), "the taken port is told");
    }
}
