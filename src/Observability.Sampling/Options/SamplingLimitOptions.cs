namespace Observability.Sampling;

/// <summary>A limit over all traces that this process decides about. It raises the threshold, so adjusted counts stay valid.</summary>
public sealed class SamplingLimitOptions
{
    /// <summary>Traces per second that are kept at most, on average. Above 0. Default: no limit.</summary>
    public double? MaxPerSecond { get; set; }

    /// <summary>Traces that may be kept at once after idling. At least 1. Default: one second's worth.</summary>
    public double? Burst { get; set; }

    internal SamplingLimitOptions Copy() => (SamplingLimitOptions)MemberwiseClone();
}
