using OpenTelemetry;
using OpenTelemetry.Logs;

namespace Observability.Export;

/// <summary>The SDK's batching of log records behind a gate that bounds and counts.</summary>
internal sealed class LogQueue(BaseExporter<LogRecord> exporter, BatchOptions batch, ExportLane lane) : BatchLogRecordExportProcessor(
    exporter,
    batch.MaxQueueSize + batch.MaxExportBatchSize,
    (int)batch.ScheduledDelay.TotalMilliseconds,
    (int)batch.ExportTimeout.TotalMilliseconds,
    batch.MaxExportBatchSize)
{
    // A record that the gate refuses must not be handed on: its pooled buffers are only taken by the base class.
    public override void OnEnd(LogRecord data)
    {
        if (lane.TryEnter()) base.OnEnd(data);
    }

    protected override bool OnForceFlush(int timeoutMilliseconds) => lane.Flush(base.OnForceFlush, timeoutMilliseconds);
}
