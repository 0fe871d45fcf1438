namespace OtlpReceiver;

/// <summary>The records of one export call.</summary>
internal sealed record DecodedExport(IReadOnlyList<ReceivedSpan> Spans, IReadOnlyList<ReceivedMetric> Metrics, IReadOnlyList<ReceivedLog> Logs)
{
    public static DecodedExport Of(IReadOnlyList<ReceivedSpan> spans) => new(spans, [], []);
    public static DecodedExport Of(IReadOnlyList<ReceivedMetric> metrics) => new([], metrics, []);
    public static DecodedExport Of(IReadOnlyList<ReceivedLog> logs) => new([], [], logs);
}
