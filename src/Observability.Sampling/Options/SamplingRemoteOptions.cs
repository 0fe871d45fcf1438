namespace Observability.Sampling;

/// <summary>Strategies polled from a server that speaks Jaeger's remote sampling JSON over HTTP. They take the default's place; rules come first.</summary>
public sealed class SamplingRemoteOptions
{
    /// <summary>
    /// The server, e.g. <c>http://jaeger:5778</c>; without a path <c>/sampling</c> is asked. Default: none, nothing is polled.
    /// Environment: <c>OTEL_TRACES_SAMPLER_ARG</c>, <c>endpoint</c>.
    /// </summary>
    public string? Jaeger { get; set; }

    /// <summary>Time between two polls, in milliseconds. 100 to 86400000. Default: 60000. Environment: <c>OTEL_TRACES_SAMPLER_ARG</c>, <c>pollingIntervalMs</c>.</summary>
    public int PollMs { get; set; } = 60_000;

    /// <summary>The ratio until a strategy has arrived, 0 to 1. Default: that of <see cref="SamplingOptions.Default"/>. Environment: <c>OTEL_TRACES_SAMPLER_ARG</c>, <c>initialSamplingRate</c>.</summary>
    public double? InitialRatio { get; set; }

    /// <summary>Time that one poll may take, in milliseconds. 10 to 60000. Default: 5000.</summary>
    public int TimeoutMs { get; set; } = 5_000;

    internal SamplingRemoteOptions Copy() => (SamplingRemoteOptions)MemberwiseClone();
}
