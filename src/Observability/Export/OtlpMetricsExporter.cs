using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace Observability.Export;

/// <summary>The OTLP exporter, counting. It derives because the SDK hands the resource only to the exporter that its reader holds.</summary>
internal sealed class OtlpMetricsExporter(OtlpExporterOptions options, ExportLane lane, Func<bool> standsBy) : OtlpMetricExporter(options)
{
    public override ExportResult Export(in Batch<Metric> metrics)
    {
        var items = Points(metrics);
        try
        {
            return standsBy() ? ExportResult.Success : lane.Finish(base.Export(metrics), items);
        }
        catch (Exception fault)
        {
            lane.Explain(CollectorFault.Of(fault));
            // The SDK's worker thread would end with an exception, and with it all export.
            return lane.Finish(ExportResult.Failure, items);
        }
    }

    /// <summary>What the semantic conventions count, and what a collector counts when it rejects some.</summary>
    private static long Points(in Batch<Metric> metrics)
    {
        var points = 0L;
        foreach (var metric in metrics)
            foreach (ref readonly var _ in metric.GetMetricPoints()) points++;
        return points;
    }
}
