using System.Diagnostics;
using OpenTelemetry;

namespace Observability.Export;

/// <summary>The SDK's batching of spans behind a gate that bounds and counts.</summary>
internal sealed class SpanQueue(BaseExporter<Activity> exporter, BatchOptions batch, ExportLane lane) : BatchActivityExportProcessor(
    exporter,
    // The gate lets in no more than MaxQueueSize; the room for one more batch keeps the SDK's own, silent limit out of reach.
    batch.MaxQueueSize + batch.MaxExportBatchSize,
    (int)batch.ScheduledDelay.TotalMilliseconds,
    (int)batch.ExportTimeout.TotalMilliseconds,
    batch.MaxExportBatchSize)
{
    protected override void OnExport(Activity data)
    {
        if (lane.TryEnter()) base.OnExport(data);
    }

    protected override bool OnForceFlush(int timeoutMilliseconds) => lane.Flush(base.OnForceFlush, timeoutMilliseconds);
}
