namespace Observability.Prometheus.Layout;

/// <summary>A family's layout at one moment, for readers on other threads.</summary>
internal sealed record FamilySnapshot(FamilyLayout Layout, int Generation, FamilySection[] Sections, SourceSnapshot[] Sources)
{
    public static FamilySnapshot Of(FamilyLayout layout) => new(layout, layout.Generation, layout.Sections, [.. layout.Sources.Select(source => source.Lend())]);

    public PinnedText Head(int section, int source) => FamilyLayout.Head(Sections, section, source);
}
