namespace Observability.Prometheus.Layout;

/// <summary>A source's layout at one moment: what is appended later does not touch it.</summary>
internal readonly struct SourceSnapshot(LineTemplates lines, byte[] labels, int[] ends, ulong[]? hidden, int firstLabel, int count)
{
    public LineTemplates Lines { get; } = lines;
    public int Count { get; } = count;

    /// <summary>The same with no more than so many points.</summary>
    public SourceSnapshot First(int points) => new(Lines, labels, ends, hidden, firstLabel, Math.Min(points, Count));

    public bool IsHidden(int point) => hidden is not null && (hidden[point >> 6] >> (point & 63) & 1) != 0;

    public ReadOnlySpan<byte> Label(int point)
    {
        var place = point - firstLabel;
        var start = place == 0 ? 0 : ends[place - 1];
        return labels.AsSpan(start, ends[place] - start);
    }
}
