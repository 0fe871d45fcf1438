using Microsoft.Extensions.Logging;

namespace Observability.Logging;

/// <summary>How many lines of one message template are let through. Suppressed lines are counted and reported in the stream.</summary>
public sealed class RateLimitOptions
{
    /// <summary>Lines a second of one template. Default: 0, no limit. Range: 0 to 1,000,000.</summary>
    public double LinesPerSecond { get; set; }

    /// <summary>Lines that one template may write at once before the limit bites. Default: 10. Range: 1 to 1,000,000.</summary>
    public int Burst { get; set; } = 10;

    /// <summary>Highest level that is limited. Default: <see cref="LogLevel.Warning"/>.</summary>
    public LogLevel UpTo { get; set; } = LogLevel.Warning;
}
