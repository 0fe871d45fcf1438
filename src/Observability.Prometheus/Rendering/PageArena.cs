namespace Observability.Prometheus.Rendering;

/// <summary>Hands out pages of one body's buffer. What moved pages leave behind is counted, and given back by starting anew.</summary>
internal sealed unsafe class PageArena(ScrapeBody body, ScrapeBody scratch)
{
    /// <summary>A page that is being filled; the lines behind a longer number move within their page only.</summary>
    public const int FullPage = 4096;

    private const int Reserve = 64;
    private int _used;
    private int _wasted;

    public ScrapeBody Body { get; } = body;

    /// <summary>Where a point's lines are written before their length is known.</summary>
    public ScrapeBody Scratch { get; } = scratch;

    public ChangedPoints Changed { get; } = new();

    /// <summary>Whether so much lies idle that everything is better laid out anew.</summary>
    public bool IsRagged => _wasted > _used / 4 + FullPage;

    /// <summary>Takes back every page.</summary>
    public void Restart() => (_used, _wasted) = (0, 0);

    public byte* At(in TextPage page) => Body.Start + page.Start;

    public TextPage Open(int needed)
    {
        var capacity = needed + Reserve;
        Body.Grow(_used, _used + capacity);
        var page = new TextPage { Start = _used, Capacity = capacity };
        _used += capacity;
        return page;
    }

    public TextPage Of(ReadOnlySpan<byte> text)
    {
        var page = Open(text.Length);
        text.CopyTo(new Span<byte>(At(in page), text.Length));
        page.Length = text.Length;
        Close(ref page);
        return page;
    }

    /// <summary>Gives back what the last page opened does not need.</summary>
    public void Close(ref TextPage page)
    {
        var needed = page.Length + page.Length / 16 + Reserve;
        if (page.Start + page.Capacity != _used || needed >= page.Capacity) return;
        _used -= page.Capacity - needed;
        page.Capacity = needed;
    }

    /// <summary>Makes a page larger, elsewhere if it must be.</summary>
    public void Widen(ref TextPage page, int needed, int atLeast = 0)
    {
        if (needed <= page.Capacity) return;
        var wider = Open(Math.Max(atLeast, needed + needed / 8));
        Buffer.MemoryCopy(At(in page), At(in wider), wider.Capacity, page.Length);
        Waste(in page);
        (page.Start, page.Capacity) = (wider.Start, wider.Capacity);
    }

    public void Waste(in TextPage page) => _wasted += page.Capacity;
}
