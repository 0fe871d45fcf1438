namespace Observability.Sampling;

/// <summary>
/// What the <c>ot</c> member of a W3C tracestate says about sampling. Reading never throws: what is malformed counts
/// as absent. https://opentelemetry.io/docs/specs/otel/trace/tracestate-handling/
/// </summary>
internal readonly struct OtelTraceState
{
    private OtelTraceState(long threshold, long randomness, bool carriesThreshold)
    {
        Threshold = threshold;
        Randomness = randomness;
        CarriesThreshold = carriesThreshold;
    }

    /// <summary>The threshold, or <see cref="Threshold.Never"/> without a valid one.</summary>
    public long Threshold { get; }

    /// <summary>The explicit randomness, or -1 without a valid one.</summary>
    public long Randomness { get; }

    /// <summary>Whether there is a <c>th</c> at all, valid or not: something to erase.</summary>
    public bool CarriesThreshold { get; }

    public static OtelTraceState Absent => new(Sampling.Threshold.Never, -1, false);

    public static OtelTraceState Read(string? traceState)
    {
        if (string.IsNullOrEmpty(traceState)) return Absent;
        var rest = traceState.AsSpan();
        while (TraceStateMembers.TryTake(ref rest, ',', out var member))
        {
            if (TraceStateMembers.IsOtel(member, out var value)) return ReadValue(value);
        }
        return Absent;
    }

    private static OtelTraceState ReadValue(ReadOnlySpan<char> value)
    {
        long threshold = Sampling.Threshold.Never, randomness = -1;
        var carriesThreshold = false;
        while (TraceStateMembers.TryTake(ref value, ';', out var pair))
        {
            if (pair.StartsWith("th:", StringComparison.Ordinal))
            {
                // The first of two is taken: keys must be unique, and the left one is the newer by W3C's rule.
                if (!carriesThreshold) threshold = Sampling.Threshold.Parse(pair[3..]);
                carriesThreshold = true;
            }
            else if (randomness < 0 && pair.StartsWith("rv:", StringComparison.Ordinal))
            {
                randomness = Sampling.Randomness.Parse(pair[3..]);
            }
        }
        return new OtelTraceState(threshold, randomness, carriesThreshold);
    }
}
