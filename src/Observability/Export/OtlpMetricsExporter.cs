using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace Observability.Export;

/// <summary>The OTLP exporter, counting. It derives because the SDK hands the resource only to the exporter that its reader holds.</summary>
internal sealed class OtlpMetricsExporter(OtlpExporterOptions options, ExportLane lane, Func<bool> standsBy) : OtlpMetricExporter(options)
{
    public override ExportResult Export(in Batch<Metric> metrics)
    {
        var items = metrics.Count;
        try
        {
            return standsBy() ? ExportResult.Success : lane.Finish(base.Export(metrics), items);
        }
        catch (Exception)
        {
            // The SDK's worker thread would end with an exception, and with it all export.
            return lane.Finish(ExportResult.Failure, items);
        }
    }
}
