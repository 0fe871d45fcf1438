using System.Diagnostics.CodeAnalysis;

namespace Observability.Prometheus.Filtering;

/// <summary>
/// One line of <see cref="PrometheusOptions.Keep"/> or <see cref="PrometheusOptions.Drop"/>:
/// <c>metric</c> or <c>metric{label=value,label=value}</c>, each part with <c>*</c> and <c>?</c>.
/// </summary>
internal sealed class SeriesSelector
{
    private readonly string _metric;
    private readonly (string Label, string Value)[] _labels;

    private SeriesSelector(string metric, (string Label, string Value)[] labels)
    {
        _metric = metric;
        _labels = labels;
    }

    public bool LooksAtLabels => _labels.Length > 0;

    /// <summary>Reads a selector; tells what is wrong with it otherwise.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SeriesSelector? selector, out string fault)
    {
        selector = null;
        fault = "";
        var open = text.IndexOf('{', StringComparison.Ordinal);
        var metric = (open < 0 ? text : text[..open]).Trim();
        if (open >= 0 && !text.TrimEnd().EndsWith('}')) fault = "a closing } is missing";
        else if (metric.Length == 0 && open < 0) fault = "it is empty";
        if (fault.Length > 0) return false;

        var labels = new List<(string, string)>();
        var inner = open < 0 ? "" : text.TrimEnd()[(open + 1)..^1];
        foreach (var part in inner.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equal = part.IndexOf('=', StringComparison.Ordinal);
            if (equal <= 0)
            {
                fault = $"\"{part}\" is not label=value";
                return false;
            }
            labels.Add((part[..equal].Trim(), part[(equal + 1)..].Trim().Trim('"')));
        }
        selector = new SeriesSelector(metric.Length == 0 ? "*" : metric, [.. labels]);
        return true;
    }

    /// <summary>Whether the selector means this metric, by its exposed name or its instrument's name.</summary>
    public bool MatchesMetric(string exposedName, string instrumentName) =>
        Wildcard.Matches(_metric, exposedName) || Wildcard.Matches(_metric, instrumentName);

    public bool MatchesLabels(IReadOnlyList<KeyValuePair<string, string>> labels)
    {
        foreach (var (label, value) in _labels)
        {
            // A label that is not there has the empty value, as in PromQL.
            var actual = "";
            foreach (var pair in labels)
            {
                if (pair.Key == label) actual = pair.Value;
            }
            if (!Wildcard.Matches(value, actual)) return false;
        }
        return true;
    }
}
