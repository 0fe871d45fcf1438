using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Observability.Logging;

/// <summary>Decides before a line is composed whether rate limit or trace sampling hold it back.</summary>
internal sealed class LineControl(JsonLinesOptions options, TimeProvider time)
{
    private readonly TemplateRateLimit? _rate = options.RateLimit.LinesPerSecond > 0 ? new TemplateRateLimit(options.RateLimit, time) : null;
    private readonly TraceSample? _sample = options.TraceSampling.UnsampledRatio < 1 ? new TraceSample(options.TraceSampling) : null;

    public bool IsOn { get; } = options.RateLimit.LinesPerSecond > 0 || options.TraceSampling.UnsampledRatio < 1;

    public bool Suppresses<TState>(LogLevel level, in TState state, string category, Activity? activity)
    {
        if (_sample is not null && _sample.Suppresses(level, activity)) return true;
        return _rate is not null && _rate.Suppresses(level, Template(state) ?? category);
    }

    /// <summary>What was held back since the last call.</summary>
    public IReadOnlyList<Suppression> TakeSuppressed()
    {
        var all = new List<Suppression>();
        if (_sample?.TakeSuppressed() is { } sampled and > 0) all.Add(new Suppression("trace sampling", null, sampled));
        if (_rate is not null) all.AddRange(_rate.TakeSuppressed().Select(pair => new Suppression("rate limit", pair.Template, pair.Lines)));
        return all;
    }

    private static string? Template<TState>(in TState state)
    {
        if (state is not IReadOnlyList<KeyValuePair<string, object?>> pairs || pairs.Count == 0) return null;
        var last = pairs[pairs.Count - 1];
        return last.Key == "{OriginalFormat}" ? last.Value as string : null;
    }
}
