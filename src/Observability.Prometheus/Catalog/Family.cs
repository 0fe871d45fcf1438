using Observability.Prometheus.Naming;

namespace Observability.Prometheus.Catalog;

/// <summary>Everything that shares one name and one type: one block of an exposition.</summary>
internal sealed class Family(FamilyName name, FamilyKind kind, string help)
{
    public FamilyName Name { get; } = name;
    public FamilyKind Kind { get; } = kind;
    public string Help { get; } = help;
    public List<SeriesSource> Sources { get; } = [];

    /// <summary>Which label sets exist, so that two points never become one series.</summary>
    public SeriesSet Series { get; } = new();

    /// <summary>Whether any source has a value that OpenMetrics forbids for its type.</summary>
    public bool IsIrregular => Sources.Exists(source => source.Marks.IsIrregular);
}
