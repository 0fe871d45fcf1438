using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Observability.Prometheus.Tests.Rendering;

/// <summary>Series of observable instruments that are not reported any more, and come back.</summary>
[Collection(Alone.Name)]
public class VanishingTests
{
    private const int Series = 400;

    [Fact]
    public void Every_format_equals_the_oracle_while_points_come_and_go()
    {
        using var program = new VanishingProgram(Series);
        var harness = new RenderingHarness(new PrometheusOptions());
        using var provider = Provider(program, harness);
        for (var scrape = 0; scrape < 40; scrape++)
        {
            program.Missing = scrape % 3 == 0 ? 0 : 2 + scrape % 5;
            program.Change();
            Assert.True(harness.Collect!(-1));
            Assert.True(harness.Difference is null, $"scrape {scrape}: {harness.Difference}");
        }
        Assert.Equal(40 * 4, harness.Compared);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_scrape_after_points_came_or_went_allocates_nothing(bool openMetrics, bool gzip) => QuietRun.Expect(() =>
    {
        var allocated = Run(openMetrics, gzip);
        Assert.InRange(allocated.Count, 240, 300);
        return allocated;
    });

    private static List<(int Scrape, long Bytes)> Run(bool openMetrics, bool gzip)
    {
        using var program = new VanishingProgram(Series);
        var harness = new RenderingHarness(new PrometheusOptions()) { Only = RenderingHarness.Format(openMetrics, gzip) };
        using var provider = Provider(program, harness);
        var allocated = new List<(int, long)>(300);
        for (var scrape = -200; scrape < 300; scrape++)
        {
            program.Missing = (scrape & 3) switch { 0 => 0, 1 => 2, 2 => 5, _ => 3 };
            program.Change();
            Assert.True(harness.Collect!(-1));
            if (scrape >= 0 && harness.Allocated is { } bytes) allocated.Add((scrape, bytes));
        }
        return allocated;
    }

    private static MeterProvider Provider(VanishingProgram program, RenderingHarness harness) => Sdk.CreateMeterProviderBuilder()
        .AddMeter(program.Meter.Name)
        .AddReader(new BaseExportingMetricReader(harness))
        .Build();
}
