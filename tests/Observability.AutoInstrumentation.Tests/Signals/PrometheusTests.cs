using Observability.AutoInstrumentation.Tests.Apps;
using TestPeers;

namespace Observability.AutoInstrumentation.Tests.Signals;

public class PrometheusTests
{
    [Fact]
    public async Task An_unmodified_web_application_can_be_scraped()
    {
        var environment = HookedRun.Hooked();
        var port = FreePort.Next();
        environment["OTEL_EXPORTER_PROMETHEUS_PORT"] = port.ToString();
        await using var app = await HookedRun.StartWeb(PublishedApp.Of("PlainWeb").Program, [], environment);
        await app.Http.GetStringAsync("/items/1");

        var text = await app.Http.GetStringAsync($"http://127.0.0.1:{port}/metrics");

        Assert.Contains("http_server_request_duration_seconds_count", text, StringComparison.Ordinal);
        Assert.Contains("service_name=\"PlainWeb\"", text, StringComparison.Ordinal);
    }
}
