namespace Observability.Prometheus.Layout;

/// <summary>A line around a point's own labels: <c>Open labels Close</c>, or <c>Bare</c> for a point that has none.</summary>
internal readonly struct LineTemplate(PinnedText open, PinnedText close, PinnedText bare)
{
    public PinnedText Open { get; } = open;
    public PinnedText Close { get; } = close;
    public PinnedText Bare { get; } = bare;
}
