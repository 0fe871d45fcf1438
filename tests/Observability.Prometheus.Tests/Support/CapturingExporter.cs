using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Observability.Prometheus.Tests;

/// <summary>Hands the collected metrics to a function, while the SDK holds them still.</summary>
public sealed class CapturingExporter(Action<List<Metric>> look) : BaseExporter<Metric>
{
    public override ExportResult Export(in Batch<Metric> batch)
    {
        var metrics = new List<Metric>();
        foreach (var metric in batch) metrics.Add(metric);
        look(metrics);
        return ExportResult.Success;
    }
}
