using System.Collections.Concurrent;

namespace Observability.Logging;

/// <summary>
/// Lines held back and not yet reported. They outlive the settings: a reload makes rate limit and sampling anew, and some threads still use the former ones then.
/// </summary>
internal sealed class SuppressionCounts
{
    public const int MostTemplates = 4_096;
    public const string OtherTemplates = "(other templates)";

    private readonly ConcurrentDictionary<string, Count> _byRate = new(StringComparer.Ordinal);

    /// <summary>Lines of traces that are not sampled.</summary>
    public Count BySampling { get; } = new();

    /// <summary>Lines of a template beyond its rate. Templates beyond the most share one count.</summary>
    public Count ByRate(string template)
    {
        if (_byRate.TryGetValue(template, out var count)) return count;
        return _byRate.GetOrAdd(_byRate.Count < MostTemplates ? template : OtherTemplates, static _ => new Count());
    }

    /// <summary>What was held back since the last call.</summary>
    public IReadOnlyList<Suppression> Take()
    {
        var all = new List<Suppression>();
        if (BySampling.Take() is var sampled and > 0) all.Add(new Suppression("trace sampling", null, sampled));
        foreach (var (template, count) in _byRate)
            if (count.Take() is var lines and > 0) all.Add(new Suppression("rate limit", template, lines));
        return all;
    }

    internal sealed class Count
    {
        private long _lines;

        public void Add() => Interlocked.Increment(ref _lines);

        public long Take() => Interlocked.Exchange(ref _lines, 0);
    }
}
