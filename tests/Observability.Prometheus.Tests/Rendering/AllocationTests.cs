using OpenTelemetry;
using OpenTelemetry.Metrics;
using Observability.Prometheus.Formats;

namespace Observability.Prometheus.Tests.Rendering;

[Collection(Alone.Name)]
public class AllocationTests
{
    private const int KnownSeries = 700;
    private const int NewSeries = 4;
    private const int LinesPerSeries = 20;

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Of_a_thousand_scrapes_those_without_a_new_series_allocate_nothing(bool openMetrics, bool gzip) => QuietRun.Expect(() =>
    {
        var (steady, growing) = Run(RenderingHarness.Format(openMetrics, gzip));
        // New series cost what is kept of them, by tables that grow in steps, the text with its lines of some 80 bytes above all.
        Assert.InRange(growing / (100.0 * NewSeries * LinesPerSeries), 1, gzip ? 600 : 1200);
        Assert.InRange(steady.Count, 800, 900);
        return steady;
    });

    private static (List<(int Scrape, long Bytes)> Steady, long Growing) Run(ScrapeFormat format)
    {
        using var program = new ChurningProgram();
        var harness = new RenderingHarness(new PrometheusOptions()) { Only = format };
        using var provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter(program.Meter.Name)
            .AddView(_ => new MetricStreamConfiguration { CardinalityLimit = 5000 })
            .AddReader(new BaseExportingMetricReader(harness))
            .Build();
        program.AddSeries(KnownSeries);
        var (steady, growing) = (new List<(int, long)>(1000), 0L);
        for (var scrape = -200; scrape < 1000; scrape++)
        {
            // Churn: a tenth of the scrapes meets series that were never seen.
            var isNew = scrape >= 0 && scrape % 10 == 5;
            if (isNew) program.AddSeries(NewSeries);
            program.Change(60);
            Assert.True(harness.Collect!(-1));
            if (scrape < 0 || harness.Allocated is not { } allocated) continue;
            if (isNew) growing += allocated;
            else steady.Add((scrape, allocated));
        }
        return (steady, growing);
    }
}
