using OpenTelemetry;
using OpenTelemetry.Logs;

namespace Observability.Export;

/// <summary>
/// Owns a wrapped exporter: only a processor of the SDK's can give an exporter its provider, and with it the resource.
/// Records reach the exporter through its queue, not through here.
/// </summary>
internal sealed class LogExporterHome(BaseExporter<LogRecord> exporter) : SimpleLogRecordExportProcessor(exporter)
{
    public override void OnEnd(LogRecord data)
    {
        // Nothing: see the summary.
    }
}
