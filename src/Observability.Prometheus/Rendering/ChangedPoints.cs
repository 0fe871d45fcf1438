namespace Observability.Prometheus.Rendering;

/// <summary>
/// Points whose value changed, collected so that their lines are on the way from memory when they are written: each is somewhere
/// else, and waiting for one after the other would take longer than all else.
/// </summary>
internal sealed class ChangedPoints
{
    /// <summary>More than a page of lines usually has.</summary>
    private Entry[] _entries = new Entry[256];

    internal record struct Entry(int Page, int Offset, int Point, int Gap, long Key);

    public int Count { get; private set; }

    public ReadOnlySpan<Entry> Entries => _entries.AsSpan(0, Count);

    public void Add(Entry entry)
    {
        if (Count == _entries.Length) Array.Resize(ref _entries, Count * 2);
        _entries[Count++] = entry;
    }

    public void Clear() => Count = 0;
}
