using System.Net;
using Observability.AutoInstrumentation.Tests.Apps;
using TestPeers;

namespace Observability.AutoInstrumentation.Tests.Signals;

public class PrometheusTests
{
    [Fact]
    public async Task An_unmodified_web_application_can_be_scraped()
    {
        var (app, port) = await Start();
        await using var ended = app;
        await app.Http.GetStringAsync("/items/1");

        // The endpoint opens with the pipelines, a moment after the application has started; what was measured before is there all the same.
        var text = "";
        await app.Process.WaitUntil(async () => (text = await Scrape(app.Http, port)).Contains("http_server_request_duration_seconds_count", StringComparison.Ordinal), HookedRun.Patience, "the metrics are served");

        Assert.Contains("service_name=\"PlainWeb\"", text, StringComparison.Ordinal);
        // An application that was not asked does not begin to answer on its own port.
        using var own = await app.Http.GetAsync("/metrics");
        Assert.Equal(HttpStatusCode.NotFound, own.StatusCode);
    }

    /// <summary>They are megabytes.</summary>
    [SkippableFact]
    public async Task Where_nobody_is_sent_anything_serving_metrics_loads_no_TLS()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "what is loaded is read from /proc");
        var (app, port) = await Start();
        await using var ended = app;
        await app.Process.WaitUntil(async () => (await Scrape(app.Http, port)).Length > 0, HookedRun.Patience, "the metrics are served");

        var mapped = await File.ReadAllTextAsync($"/proc/{app.Process.Id}/maps");
        Assert.Contains("/OpenTelemetry.dll", mapped, StringComparison.Ordinal);
        Assert.DoesNotContain("/System.Net.Security.dll", mapped, StringComparison.Ordinal);
    }

    /// <summary>As on a host with two hooked processes, neither of which was told of a port.</summary>
    [Fact]
    public async Task A_port_that_another_hooked_process_has_is_one_line_and_the_application_runs()
    {
        var (first, port) = await Start();
        await using var firstEnded = first;
        await first.Process.WaitUntil(async () => (await Scrape(first.Http, port)).Length > 0, HookedRun.Patience, "the metrics are served");

        var (second, _) = await Start(port);
        await using var secondEnded = second;
        await second.Process.WaitUntil(() => second.Process.Error.Count > 0, HookedRun.Patience, "the taken port is told");

        Assert.Equal("item 1", await second.Http.GetStringAsync("/items/1"));
        second.Process.Signal("TERM");
        Assert.Equal(0, await second.Process.WaitForExit(HookedRun.Patience));
        var line = Assert.Single(second.Process.Error);
        Assert.StartsWith("OBS1004: ", line, StringComparison.Ordinal);
        Assert.Contains($":{port}: ", line, StringComparison.Ordinal);
        Assert.Contains("OTEL_EXPORTER_PROMETHEUS_PORT", line, StringComparison.Ordinal);
        Assert.Contains("Observability:Prometheus:Enabled=false", line, StringComparison.Ordinal);
        Assert.NotEqual("", await Scrape(first.Http, port));
    }

    private static Task<(HookedRun App, int Port)> Start() => Start(FreePort.Next());

    private static async Task<(HookedRun App, int Port)> Start(int port)
    {
        var environment = HookedRun.Hooked();
        environment["OTEL_EXPORTER_PROMETHEUS_PORT"] = port.ToString();
        return (await HookedRun.StartWeb(PublishedApp.Of("PlainWeb").Program, [], environment), port);
    }

    private static async Task<string> Scrape(HttpClient http, int port)
    {
        try
        {
            return await http.GetStringAsync($"http://127.0.0.1:{port}/metrics");
        }
        catch (HttpRequestException)
        {
            return "";
        }
    }
}
