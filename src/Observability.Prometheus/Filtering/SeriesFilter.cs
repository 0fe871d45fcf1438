namespace Observability.Prometheus.Filtering;

/// <summary>Which series are exposed: those that any keep line matches (all, without keep lines) and no drop line does.</summary>
internal sealed class SeriesFilter
{
    private readonly SeriesSelector[] _keep;
    private readonly SeriesSelector[] _drop;

    public SeriesFilter(IEnumerable<string> keep, IEnumerable<string> drop)
    {
        _keep = Parse(keep);
        _drop = Parse(drop);
    }

    public bool IsEmpty => _keep.Length == 0 && _drop.Length == 0;

    public bool Exposes(string exposedName, string instrumentName, IReadOnlyList<KeyValuePair<string, string>> labels)
    {
        var kept = _keep.Length == 0;
        foreach (var selector in _keep) kept |= selector.MatchesMetric(exposedName, instrumentName) && selector.MatchesLabels(labels);
        if (!kept) return false;
        foreach (var selector in _drop)
        {
            if (selector.MatchesMetric(exposedName, instrumentName) && selector.MatchesLabels(labels)) return false;
        }
        return true;
    }

    private static SeriesSelector[] Parse(IEnumerable<string> lines)
    {
        var selectors = new List<SeriesSelector>();
        foreach (var line in lines)
        {
            // Faulty lines are reported by the options' validator; a provider without validation goes on without them.
            if (SeriesSelector.TryParse(line, out var selector, out _)) selectors.Add(selector);
        }
        return [.. selectors];
    }
}
