namespace Observability.Prometheus.Layout;

/// <summary>Bytes in a <see cref="TextArena"/>; valid as long as the arena is.</summary>
internal readonly unsafe struct PinnedText(byte* start, int length)
{
    public byte* Start { get; } = start;
    public int Length { get; } = length;

    public ReadOnlySpan<byte> Span => new(Start, Length);
}
