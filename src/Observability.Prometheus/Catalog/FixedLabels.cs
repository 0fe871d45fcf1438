using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Observability.Prometheus.Filtering;
using Observability.Prometheus.Naming;

namespace Observability.Prometheus.Catalog;

/// <summary>Labels that do not vary from point to point: constant ones, promoted resource attributes, the scope.</summary>
internal sealed class FixedLabels
{
    private const string ScopePrefix = "otel_scope_";
    private readonly PrometheusOptions _options;
    private readonly FamilyNamer _namer;
    private readonly List<KeyValuePair<string, string>> _shared = [];

    public FixedLabels(PrometheusOptions options, Resource resource, FamilyNamer namer)
    {
        _options = options;
        _namer = namer;
        foreach (var (key, value) in options.ConstantLabels) Add(_shared, Unreserved(namer.Label(key)), value);
        var target = new List<KeyValuePair<string, string>>();
        foreach (var attribute in resource.Attributes.OrderBy(attribute => attribute.Key, StringComparer.Ordinal))
        {
            var name = namer.Label(attribute.Key);
            var value = LabelValue.Text(attribute.Value);
            Add(target, name, value);
            if (Array.Exists(options.ResourceLabels, pattern => Wildcard.Matches(pattern, attribute.Key)))
                Add(_shared, Unreserved(name), value);
        }
        Target = Sorted(target);
    }

    public KeyValuePair<string, string>[] Target { get; }

    public KeyValuePair<string, string>[] Of(Metric metric)
    {
        var labels = new List<KeyValuePair<string, string>>(_shared);
        if (_options.ScopeLabels)
        {
            Add(labels, ScopePrefix + "name", metric.MeterName);
            Add(labels, ScopePrefix + "version", metric.MeterVersion);
            Add(labels, ScopePrefix + "schema_url", metric.MeterSchemaUrl);
            foreach (var tag in metric.MeterTags ?? []) Add(labels, _namer.Label(ScopePrefix + tag.Key), LabelValue.Text(tag.Value));
        }
        return Sorted(labels);
    }

    /// <summary>What every series carries must not have the name of what only some lines carry.</summary>
    private static string Unreserved(string name) => name is "le" or "quantile" or SeriesSource.DuplicateLabel ? "exported_" + name : name;

    /// <summary>An empty value is no label to Prometheus; of two equal names the first stays.</summary>
    private static void Add(List<KeyValuePair<string, string>> labels, string name, string? value)
    {
        if (string.IsNullOrEmpty(value) || labels.Exists(label => label.Key == name)) return;
        labels.Add(new KeyValuePair<string, string>(name, value));
    }

    private static KeyValuePair<string, string>[] Sorted(List<KeyValuePair<string, string>> labels) =>
        [.. labels.OrderBy(label => label.Key, StringComparer.Ordinal)];
}
