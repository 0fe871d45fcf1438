using System.Diagnostics.Metrics;

namespace Observability.Prometheus.Diagnostics;

/// <summary>How scraping goes, on a meter of its own. Counted after a scrape, so that a scrape never waits for itself.</summary>
internal static class ScrapeMetrics
{
    private static readonly Meter Meter = new("Observability.Prometheus");

    private static readonly Counter<long> Scrapes =
        Meter.CreateCounter<long>("observability.prometheus.scrapes", "{scrape}", "Scrapes answered with metrics.");

    private static readonly Counter<long> Failures =
        Meter.CreateCounter<long>("observability.prometheus.scrape.failures", "{scrape}", "Scrapes not answered with metrics, by reason.");

    private static readonly Counter<long> Bytes =
        Meter.CreateCounter<long>("observability.prometheus.scrape.size", "By", "Bytes of the bodies answered.");

    private static readonly Gauge<long> Samples =
        Meter.CreateGauge<long>("observability.prometheus.samples", "{sample}", "Samples of the last scrape.");

    public static void Succeeded(int bytes, int samples)
    {
        Scrapes.Add(1);
        Bytes.Add(bytes);
        Samples.Record(samples);
    }

    public static void Failed(string reason) => Failures.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
