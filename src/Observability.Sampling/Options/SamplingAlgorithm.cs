namespace Observability.Sampling;

/// <summary>How a ratio selects traces.</summary>
public enum SamplingAlgorithm
{
    /// <summary>
    /// OpenTelemetry's consistent probability: the trailing 56 bits of the trace id, or <c>ot=rv</c>, against a
    /// rejection threshold that travels as <c>ot=th</c>. Equal ratios keep equal traces in every language that follows it.
    /// </summary>
    Consistent,

    /// <summary>
    /// The .NET SDK's <c>TraceIdRatioBasedSampler</c>: the leading eight bytes of the trace id. For fleets that have
    /// not moved yet; writes no threshold, so adjusted counts are unknown downstream.
    /// </summary>
    Legacy,
}
