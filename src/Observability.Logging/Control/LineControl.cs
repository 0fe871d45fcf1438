using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Observability.Logging;

/// <summary>Decides before a line is composed whether rate limit or trace sampling hold it back.</summary>
internal sealed class LineControl(JsonLinesOptions options, TimeProvider time, SuppressionCounts suppressed)
{
    private readonly TemplateRateLimit? _rate = options.RateLimit.LinesPerSecond > 0 ? new TemplateRateLimit(options.RateLimit, time, suppressed) : null;
    private readonly TraceSample? _sample = options.TraceSampling.UnsampledRatio < 1 ? new TraceSample(options.TraceSampling, suppressed.BySampling) : null;

    public bool IsOn { get; } = options.RateLimit.LinesPerSecond > 0 || options.TraceSampling.UnsampledRatio < 1;

    public bool Suppresses<TState>(LogLevel level, in TState state, string category, Activity? activity)
    {
        if (_sample is not null && _sample.Suppresses(level, activity)) return true;
        return _rate is not null && _rate.Suppresses(level, Template(state) ?? category);
    }

    private static string? Template<TState>(in TState state)
    {
        if (state is not IReadOnlyList<KeyValuePair<string, object?>> pairs || pairs.Count == 0) return null;
        var last = pairs[pairs.Count - 1];
        return last.Key == "{OriginalFormat}" ? last.Value as string : null;
    }
}
