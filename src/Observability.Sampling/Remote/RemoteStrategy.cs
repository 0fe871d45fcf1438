namespace Observability.Sampling;

/// <summary>What a strategy server said: one ratio, one rate, or ratios by operation.</summary>
internal sealed record RemoteStrategy
{
    /// <summary>The ratio of whatever <see cref="Operations"/> does not name.</summary>
    public double Ratio { get; init; } = 1;

    /// <summary>Traces per second at most, or null.</summary>
    public double? MaxPerSecond { get; init; }

    /// <summary>Traces per second that each operation is guaranteed; 0 for none.</summary>
    public double LowerBound { get; init; }

    /// <summary>Ratios by span name.</summary>
    public IReadOnlyDictionary<string, double> Operations { get; init; } = new Dictionary<string, double>();
}
