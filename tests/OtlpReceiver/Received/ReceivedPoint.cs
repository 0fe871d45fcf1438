namespace OtlpReceiver;

/// <summary>One series of an instrument. Histograms carry their sum in <see cref="Value"/>.</summary>
public sealed record ReceivedPoint(
    IReadOnlyDictionary<string, object?> Attributes,
    double Value,
    ulong Count,
    IReadOnlyList<double> Bounds,
    IReadOnlyList<ulong> Buckets,
    IReadOnlyList<ReceivedExemplar> Exemplars);
