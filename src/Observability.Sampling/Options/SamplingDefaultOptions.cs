namespace Observability.Sampling;

/// <summary>What happens to a trace that no rule names.</summary>
public sealed class SamplingDefaultOptions
{
    /// <summary>The share of traces that is kept, 0 to 1. Default: 1. Environment: <c>OTEL_TRACES_SAMPLER_ARG</c>.</summary>
    public double Ratio { get; set; } = 1;

    /// <summary>Traces per second that are kept at most, on average. Above 0. Default: no limit.</summary>
    public double? MaxPerSecond { get; set; }

    /// <summary>Traces that may be kept at once after idling. At least 1. Default: one second's worth.</summary>
    public double? Burst { get; set; }

    /// <summary>How ratios select traces, here and in every rule. Default: <see cref="SamplingAlgorithm.Consistent"/>.</summary>
    public SamplingAlgorithm Algorithm { get; set; }

    internal SamplingDefaultOptions Copy() => (SamplingDefaultOptions)MemberwiseClone();
}
