using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Observability.Prometheus.Scraping;

/// <summary>The reader's exporter: renders what the waiting scrapes asked for while the SDK holds still.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class PrometheusExporter(ScrapeGate gate) : BaseExporter<Metric>, IPullMetricExporter
{
    public Func<int, bool>? Collect { get; set; }

    public override ExportResult Export(in Batch<Metric> batch) =>
        gate.Render(batch, ParentProvider.GetResource()) ? ExportResult.Success : ExportResult.Failure;
}
