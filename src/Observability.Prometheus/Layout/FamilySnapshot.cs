namespace Observability.Prometheus.Layout;

/// <summary>A family's layout at one moment, for readers on other threads.</summary>
internal sealed record FamilySnapshot(FamilyLayout Layout, FamilySection[] Sections, SourceSnapshot[] Sources)
{
    public static FamilySnapshot Of(FamilyLayout layout) => new(layout, layout.Sections, [.. layout.Sources.Select(source => source.Snapshot())]);

    /// <summary>The section's head stands before its first source.</summary>
    public PinnedText Head(int section, int source) => source == 0 ? Sections[section].Head : default;
}
