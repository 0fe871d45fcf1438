namespace OtlpReceiver;

/// <summary>One instrument of one export; the same instrument arrives again with every collection.</summary>
public sealed record ReceivedMetric(
    string Name,
    string Unit,
    string Description,
    MetricKind Kind,
    bool IsMonotonic,
    bool IsCumulative,
    IReadOnlyList<ReceivedPoint> Points,
    ReceivedOrigin Origin);
