using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Observability.AspNetCore.Tests.Enrichment;

namespace Observability.AspNetCore.Tests.Health;

public class HealthCheckTests
{
    [Fact]
    public async Task It_is_healthy_while_nothing_fails()
    {
        await using var app = await RunningApp.Start(_ => { }, builder => builder.Services.AddHealthChecks().AddObservability());
        var report = await app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        Assert.Equal(HealthStatus.Healthy, report.Entries["observability"].Status);
    }

    [Fact]
    public async Task A_collector_that_refuses_degrades_it_and_the_counts_are_there()
    {
        await using var app = await RunningApp.Start(
            web => web.MapGet("/a", () => "a"),
            builder => builder.Services.AddHealthChecks().AddObservability(),
            ("Observability:Otlp:Traces:Endpoint", "http://127.0.0.1:1"),
            ("Observability:Traces:Batch:ScheduledDelay", "00:00:00.010"));
        await app.SpanOf(client => client.GetAsync("/a"));

        var deadline = System.Diagnostics.Stopwatch.StartNew();
        HealthReportEntry entry;
        do entry = (await app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["observability"];
        while (entry.Status == HealthStatus.Healthy && deadline.Elapsed < TimeSpan.FromSeconds(90));
        Assert.Equal(HealthStatus.Degraded, entry.Status);
        // The test's own client makes a span too, in this process; it may have been exported by now or not.
        Assert.Matches("exported 0, failed [12], dropped 0", (string)entry.Data["traces/otlp"]);
    }
}
