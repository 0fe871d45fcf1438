using System.Runtime.CompilerServices;
using Observability.Prometheus.Layout;

namespace Observability.Prometheus.Rendering;

/// <summary>
/// The lines of one source under one section head, kept from scrape to scrape in pages: only points whose key changed are written
/// again, in place unless their length changed too.
/// </summary>
internal sealed unsafe class PagedSource(SourceLayout source, HistogramParts parts)
{
    private TextPage[] _pages = [];
    private int _pageCount;
    private long[] _keys = [];
    private int[] _lengths = [];
    private int _count;

    public long StateBytes => _keys.Length * 12L + _pages.Length * (long)Unsafe.SizeOf<TextPage>();

    public void Update(PageArena arena)
    {
        var line = new LineCursor(source, wantsText: true);
        var kind = source.Source.Kind;
        var hasExemplars = source.Lines.HasExemplars;
        var (page, left) = (-1, 0);
        byte* cursor = null;
        foreach (ref readonly var point in source.Source.Metric.GetMetricPoints())
        {
            var isVisible = line.Next();
            var key = PointKey.Of(kind, hasExemplars, in point);
            var index = line.Point;
            if (index >= _count)
            {
                Append(arena, key, isVisible ? PointText.Write(source, parts, line, in point, arena.Scratch) : 0);
                continue;
            }
            if (left == 0)
            {
                page++;
                left = _pages[page].Points;
                cursor = arena.At(in _pages[page]);
            }
            left--;
            if (key != _keys[index] && isVisible)
            {
                _keys[index] = key;
                if (!PointText.TryPatch(source, parts, line, in point, cursor))
                    cursor = Replace(arena, ref _pages[page], cursor, index, PointText.Write(source, parts, line, in point, arena.Scratch));
            }
            cursor += _lengths[index];
        }
        if (_pageCount > 0) arena.Close(ref _pages[_pageCount - 1]);
    }

    public void AddParts(ScrapeBody body)
    {
        foreach (ref readonly var page in _pages.AsSpan(0, _pageCount)) body.AddPart(page.Start, page.Length);
    }

    public void Waste(PageArena arena)
    {
        foreach (ref readonly var page in _pages.AsSpan(0, _pageCount)) arena.Waste(in page);
    }

    /// <summary>Puts the scratch text in the place of a point's lines; returns where they begin now.</summary>
    private byte* Replace(PageArena arena, ref TextPage page, byte* cursor, int index, int length)
    {
        var before = _lengths[index];
        if (length != before)
        {
            var position = (int)(cursor - arena.At(in page));
            arena.Widen(ref page, page.Length + length - before);
            cursor = arena.At(in page) + position;
            var after = page.Length - position - before;
            Buffer.MemoryCopy(cursor + before, cursor + length, after, after);
            page.Length += length - before;
            _lengths[index] = length;
        }
        Buffer.MemoryCopy(arena.Scratch.Start, cursor, length, length);
        return cursor;
    }

    private void Append(PageArena arena, long key, int length)
    {
        if (_count == _keys.Length)
        {
            Array.Resize(ref _keys, Math.Max(source.Count, _count + _count / 8 + 4));
            Array.Resize(ref _lengths, _keys.Length);
        }
        if (_pageCount == 0 || (_pages[_pageCount - 1].Length + length > PageArena.FullPage && length > 0)) AddPage(arena, length);
        ref var page = ref _pages[_pageCount - 1];
        arena.Widen(ref page, page.Length + length, PageArena.FullPage);
        Buffer.MemoryCopy(arena.Scratch.Start, arena.At(in page) + page.Length, length, length);
        page.Length += length;
        page.Points++;
        (_keys[_count], _lengths[_count]) = (key, length);
        _count++;
    }

    private void AddPage(PageArena arena, int length)
    {
        if (_pageCount > 0) arena.Close(ref _pages[_pageCount - 1]);
        if (_pageCount == _pages.Length) Array.Resize(ref _pages, _pageCount + _pageCount / 4 + 1);
        _pages[_pageCount++] = arena.Open(Math.Max(PageArena.FullPage, length));
    }
}
