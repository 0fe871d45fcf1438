using OpenTelemetry.Metrics;

namespace Observability.Prometheus.Catalog;

/// <summary>One metric of the SDK inside a family, with the labels that all its points share.</summary>
internal sealed class SeriesSource(Metric metric, SeriesKind kind, Family family, KeyValuePair<string, string>[] fixedLabels, SourceMarks marks)
{
    public Metric Metric { get; } = metric;
    public SeriesKind Kind { get; } = kind;
    public Family Family { get; } = family;
    public KeyValuePair<string, string>[] FixedLabels { get; } = fixedLabels;
    public SourceMarks Marks { get; } = marks;

    /// <summary>A point's label of this name would collide with one that the exposition itself writes.</summary>
    public bool Reserves(string label)
    {
        if (label == DuplicateLabel) return true;
        if (label == "le" && Family.Kind == FamilyKind.Histogram) return true;
        if (label == "quantile" && Family.Kind == FamilyKind.Summary) return true;
        foreach (var pair in FixedLabels)
        {
            if (pair.Key == label) return true;
        }
        return false;
    }

    /// <summary>Tells apart points whose labels became equal: the second and further ones carry their number.</summary>
    public const string DuplicateLabel = "otel_series";
}
