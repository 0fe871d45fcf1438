using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Observability.Prometheus.Tests.Rendering;

public class AllocationTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_steady_scrape_allocates_nothing_of_ours(bool openMetrics, bool gzip)
    {
        using var meter = new Meter("steady." + Guid.NewGuid().ToString("N"));
        var counter = meter.CreateCounter<long>("requests");
        var histogram = meter.CreateHistogram<double>("latency", "s");
        var gauge = meter.CreateGauge<double>("load");
        var (empty, ours) = (new EmptyExporter(), new RenderingHarness(new PrometheusOptions()) { Only = RenderingHarness.Format(openMetrics, gzip) });
        using var provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter(meter.Name)
            .AddReader(new BaseExportingMetricReader(empty))
            .AddReader(new BaseExportingMetricReader(ours))
            .Build();
        var tags = Enumerable.Range(0, 200).Select(i => new KeyValuePair<string, object?>("path", "/" + i)).ToArray();

        void Change(int scrape)
        {
            for (var i = 0; i < 40; i++)
            {
                counter.Add(scrape, tags[(scrape + i) % tags.Length]);
                histogram.Record(scrape / 100.0 + i, tags[(scrape + i) % tags.Length]);
                gauge.Record(Math.Sqrt(scrape + i), tags[i]);
            }
        }

        static long Allocated(Func<int, bool> collect)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.True(collect(-1));
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        var differences = new List<long>();
        for (var scrape = 0; scrape < 1100; scrape++)
        {
            Change(scrape);
            // Side by side, because what the SDK itself allocates changes while its code is being optimised.
            var difference = Allocated(ours.Collect!) - Allocated(empty.Collect!);
            if (scrape >= 100) differences.Add(difference);
        }
        // The runtime charges a thread now and then for what is not the program's, a compilation or a retired allocation context.
        Assert.True(differences.Count(difference => difference == 0) >= 970, string.Join(", ", differences.GroupBy(bytes => bytes).Select(group => $"{group.Count()} x {group.Key} B")));
    }

    [ExportModes(ExportModes.Pull)]
    private sealed class EmptyExporter : BaseExporter<Metric>, IPullMetricExporter
    {
        public Func<int, bool>? Collect { get; set; }

        public override ExportResult Export(in Batch<Metric> batch) => ExportResult.Success;
    }
}
