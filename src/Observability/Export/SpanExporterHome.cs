using System.Diagnostics;
using OpenTelemetry;

namespace Observability.Export;

/// <summary>
/// Owns a wrapped exporter: only a processor of the SDK's can give an exporter its provider, and with it the resource.
/// Spans reach the exporter through its queue, not through here.
/// </summary>
internal sealed class SpanExporterHome(BaseExporter<Activity> exporter) : SimpleActivityExportProcessor(exporter)
{
    public override void OnEnd(Activity data)
    {
        // Nothing: see the summary.
    }
}
