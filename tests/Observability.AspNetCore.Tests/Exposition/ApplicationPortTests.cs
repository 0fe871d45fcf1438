using Microsoft.AspNetCore.Builder;
using Observability.AspNetCore.Tests.Enrichment;

namespace Observability.AspNetCore.Tests.Exposition;

public class ApplicationPortTests
{
    [Fact]
    public async Task Metrics_are_on_the_applications_port_without_a_line_of_code()
    {
        await using var app = await RunningApp.Start(web => web.MapGet("/a", () => "a"));
        await app.Client.GetAsync("/a");
        var text = await app.Client.GetStringAsync("/metrics");
        Assert.Contains("http_server_request_duration_seconds_bucket", text, StringComparison.Ordinal);
        Assert.Contains("process_cpu_time_seconds_total", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_of_the_application_comes_first()
    {
        await using var app = await RunningApp.Start(web => web.MapGet("/metrics", () => "mine"));
        Assert.Equal("mine", await app.Client.GetStringAsync("/metrics"));
    }

    [Fact]
    public async Task The_option_keeps_them_off_that_port()
    {
        await using var app = await RunningApp.Start(_ => { }, settings: ("Observability:Prometheus:OnApplicationPort", "false"));
        Assert.Equal(404, (int)(await app.Client.GetAsync("/metrics")).StatusCode);
    }
}
