using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pages_for_what_is_not_found_do_not_take_their_place(bool again)
    {
        await using var app = await RunningApp.Start(web =>
        {
            if (again) web.UseStatusCodePagesWithReExecute("/status/{0}");
            else web.UseStatusCodePages();
            web.MapGet("/status/{code}", (int code) => Results.Text("page " + code, statusCode: code));
            web.MapGet("/gone", () => Results.NotFound());
        });
        Assert.Contains("process_cpu_time_seconds_total", await app.Client.GetStringAsync("/metrics"), StringComparison.Ordinal);
        Assert.NotEmpty(await (await app.Client.GetAsync("/nowhere")).Content.ReadAsStringAsync());
        Assert.NotEmpty(await (await app.Client.GetAsync("/gone")).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_endpoint_of_the_application_that_finds_nothing_keeps_its_page()
    {
        await using var app = await RunningApp.Start(web =>
        {
            web.UseStatusCodePages("text/plain", "page {0}");
            web.MapGet("/metrics", () => Results.NotFound());
        });
        Assert.Equal("page 404", await (await app.Client.GetAsync("/metrics")).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_option_keeps_them_off_that_port()
    {
        await using var app = await RunningApp.Start(_ => { }, settings: ("Observability:Prometheus:OnApplicationPort", "false"));
        Assert.Equal(404, (int)(await app.Client.GetAsync("/metrics")).StatusCode);
    }
}
