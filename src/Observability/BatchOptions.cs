namespace Observability;

/// <summary>A bounded queue between the application and an exporter; what does not fit is dropped and counted.</summary>
public sealed class BatchOptions
{
    internal const int DefaultMaxQueueSize = 2048;
    internal const int DefaultMaxExportBatchSize = 512;

    /// <summary>Items accepted and not yet exported. Default 2048; 1 to 1,000,000. <c>OTEL_BSP_MAX_QUEUE_SIZE</c>, <c>OTEL_BLRP_MAX_QUEUE_SIZE</c>.</summary>
    public int MaxQueueSize { get; set; } = DefaultMaxQueueSize;

    /// <summary>Items in one export. Default 512, or <see cref="MaxQueueSize"/> where that is less; 1 to <see cref="MaxQueueSize"/>. <c>OTEL_BSP_MAX_EXPORT_BATCH_SIZE</c>, <c>OTEL_BLRP_MAX_EXPORT_BATCH_SIZE</c>.</summary>
    public int MaxExportBatchSize { get; set; } = DefaultMaxExportBatchSize;

    /// <summary>The longest an item waits for its batch to fill. Default 5 s for spans, 1 s for logs; 1 ms to 1 h. <c>OTEL_BSP_SCHEDULE_DELAY</c>, <c>OTEL_BLRP_SCHEDULE_DELAY</c> (milliseconds; 0 is the shortest).</summary>
    public TimeSpan ScheduledDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest one export may take. Default 30 s; 1 ms to 1 h. <c>OTEL_BSP_EXPORT_TIMEOUT</c>, <c>OTEL_BLRP_EXPORT_TIMEOUT</c> (milliseconds; 0 is the longest).</summary>
    public TimeSpan ExportTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
