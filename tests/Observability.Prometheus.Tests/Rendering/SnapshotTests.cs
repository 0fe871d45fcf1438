namespace Observability.Prometheus.Tests.Rendering;

public class SnapshotTests
{
    [Fact]
    public void Openmetrics_shows_every_type()
    {
        using var exposition = new Exposition();
        exposition.Meter.CreateCounter<long>("orders", "{order}", "Orders \"taken\".").Add(5, new KeyValuePair<string, object?>("a.b", "x\"y"));
        exposition.Meter.CreateUpDownCounter<long>("queue").Add(-3);
        exposition.Meter.CreateGauge<double>("load", "1").Record(0.25);
        exposition.Meter.CreateHistogram<double>("latency", "s", null, null, new() { HistogramBucketBoundaries = [0.5, 1] }).Record(0.75);
        Assert.Equal("""
            # HELP latency_seconds latency
            # TYPE latency_seconds histogram
            # UNIT latency_seconds seconds
            latency_seconds_bucket{le="0.5"} 0
            latency_seconds_bucket{le="1.0"} 1
            latency_seconds_bucket{le="+Inf"} 1
            latency_seconds_sum 0.75
            latency_seconds_count 1
            # HELP load load
            # TYPE load gauge
            load 0.25
            # HELP orders Orders \"taken\".
            # TYPE orders counter
            orders_total{a_b="x\"y"} 5
            # HELP queue queue
            # TYPE queue gauge
            queue -3
            # EOF

            """, exposition.Scrape(Exposition.OpenMetrics), ignoreLineEndingDifferences: true);
    }
}
