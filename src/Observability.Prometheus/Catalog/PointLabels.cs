using OpenTelemetry;
using Observability.Prometheus.Filtering;
using Observability.Prometheus.Naming;

namespace Observability.Prometheus.Catalog;

/// <summary>Turns a point's tags into labels: valid, sorted, without doubles, and different from every other point's.</summary>
internal sealed class PointLabels(FamilyNamer namer, SeriesFilter filter)
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly List<(string Name, string Key, string Value)> _tags = [];
    private readonly List<KeyValuePair<string, string>> _labels = [];
    private readonly List<KeyValuePair<string, string>> _all = [];

    /// <summary>
    /// The labels, valid until the next call; null when the filter does not expose the series. The family's known label sets take
    /// them in.
    /// </summary>
    public List<KeyValuePair<string, string>>? Of(SeriesSource source, in ReadOnlyTagCollection tags, SeriesSet known)
    {
        Read(source, tags);
        Join();
        if (!filter.IsEmpty && !IsExposed(source)) return null;

        if (known.Add(SeriesSet.Hash(source.FixedLabels, _labels))) return _labels;
        var number = 2;
        _labels.Add(Duplicate(number));
        while (!known.Add(SeriesSet.Hash(source.FixedLabels, _labels))) _labels[^1] = Duplicate(++number);
        return _labels;
    }

    private void Read(SeriesSource source, in ReadOnlyTagCollection tags)
    {
        _tags.Clear();
        foreach (var tag in tags)
        {
            var value = LabelValue.Text(tag.Value);
            // Prometheus takes an empty value for no label; leaving it out keeps {a=""} and {} recognisably the same series.
            if (value.Length == 0) continue;
            var name = Name(tag.Key ?? "");
            while (source.Reserves(name)) name = "exported_" + name;
            _tags.Add((name, tag.Key ?? "", value));
        }
        if (_tags.Count > 1) _tags.Sort(static (left, right) => Order(left, right));
    }

    /// <summary>Values of keys that became the same name are joined in the order of the keys, as the OpenTelemetry specification says.</summary>
    private void Join()
    {
        _labels.Clear();
        foreach (var (name, _, value) in _tags)
        {
            if (_labels.Count > 0 && _labels[^1].Key == name) _labels[^1] = new(name, _labels[^1].Value + ";" + value);
            else _labels.Add(new(name, value));
        }
    }

    private bool IsExposed(SeriesSource source)
    {
        _all.Clear();
        _all.AddRange(source.FixedLabels);
        _all.AddRange(_labels);
        return filter.Exposes(source.Family.Name.Sample, source.Metric.Name, _all);
    }

    private string Name(string key)
    {
        if (_names.TryGetValue(key, out var name)) return name;
        // Keys are code, hence few; a program that makes them up without end must not fill this table.
        if (_names.Count >= 4096) _names.Clear();
        return _names[key] = namer.Label(key);
    }

    private static KeyValuePair<string, string> Duplicate(int number) =>
        new(SeriesSource.DuplicateLabel, number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static int Order((string Name, string Key, string Value) left, (string Name, string Key, string Value) right)
    {
        var byName = string.CompareOrdinal(left.Name, right.Name);
        return byName != 0 ? byName : string.CompareOrdinal(left.Key, right.Key);
    }
}
