namespace Observability.Prometheus.Layout;

/// <summary>Metadata lines, and the lines of every source that follow them.</summary>
internal readonly record struct FamilySection(PinnedText Head, HistogramParts Parts);
