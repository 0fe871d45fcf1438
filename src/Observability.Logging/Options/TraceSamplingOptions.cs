using Microsoft.Extensions.Logging;

namespace Observability.Logging;

/// <summary>How many lines of traces that are not sampled are let through; a sampled trace keeps all of its lines, and so do lines without a trace.</summary>
public sealed class TraceSamplingOptions
{
    /// <summary>Share of the unsampled traces whose lines are kept, decided by trace id so that a trace keeps all or none. Default: 1, all. Range: 0 to 1.</summary>
    public double UnsampledRatio { get; set; } = 1;

    /// <summary>Highest level that is suppressed. Default: <see cref="LogLevel.Information"/>.</summary>
    public LogLevel UpTo { get; set; } = LogLevel.Information;
}
