using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using OpenTelemetry.Metrics;
using Observability.Prometheus.Catalog;
using Observability.Prometheus.Layout;

namespace Observability.Prometheus.Rendering;

/// <summary>
/// The lines of one source under one section head, kept from scrape to scrape in pages: only points whose key changed are written
/// again, in place unless their length changed too.
/// </summary>
internal sealed unsafe class PagedSource(SourceLayout source, HistogramParts parts)
{
    /// <summary>As many lines as memory brings at once.</summary>
    private const int Batch = 16;

    /// <summary>How far before it is needed a point is called from memory: with many points its arrival is most of what one costs.</summary>
    private const int PointsAhead = 8;

    private readonly SeriesKind _kind = source.Source.Kind;
    private readonly bool _isLong = source.Source.Kind is SeriesKind.LongCounter or SeriesKind.LongUpDownCounter or SeriesKind.LongGauge;
    private readonly bool _isCounter = source.Source.Family.Kind == FamilyKind.Counter;
    private readonly bool _hasExemplars = source.Lines.HasExemplars;
    private readonly bool _hasCreated = source.Lines.HasCreated;
    private TextPage[] _pages = [];
    private int _pageCount;
    private long[] _keys = [];
    private int[] _lengths = [];
    private int _count;

    // Where a walk over the points is: its page, that page's first point, the points left in it and the place in it.
    private int _page;
    private int _first;
    private int _left;
    private int _offset;

    public long StateBytes => _keys.Length * 12L + _pages.Length * (long)Unsafe.SizeOf<TextPage>();

    public void Update(PageArena arena)
    {
        var line = new LineCursor(source);
        var isComplete = true;
        (_page, _left) = (-1, 0);
        ref readonly var previous = ref Unsafe.NullRef<MetricPoint>();
        foreach (ref readonly var point in source.Source.Metric.GetMetricPoints())
        {
            if (!(isComplete = line.TryNext(in previous, in point))) break;
            previous = ref point;
            PrefetchAfter(in point);
            if (line.Point < _count) Compare(arena, in line, in point);
            else Append(arena, in line, in point);
        }
        line.End(isComplete);
        WriteChanged(arena);
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

    /// <summary>Forgets every page, to be filled anew.</summary>
    public void Restart() => (_pageCount, _count) = (0, 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Compare(PageArena arena, in LineCursor line, in MetricPoint point)
    {
        var index = line.Point;
        if (_left == 0) NextPage(arena, index);
        _left--;
        var key = PointKey.Of(_kind, _hasExemplars, in point, out var isValue);
        if (key != _keys[index] && !line.IsHidden)
        {
            _keys[index] = key;
            if (isValue && !_hasCreated) Remember(arena, in line, key);
            else Rewrite(arena, in line, in point);
        }
        _offset += _lengths[index];
    }

    private void NextPage(PageArena arena, int index)
    {
        if (arena.Changed.Count >= Batch) WriteChanged(arena);
        _left = _pages[++_page].Points;
        (_first, _offset) = (index, 0);
    }

    private void Remember(PageArena arena, in LineCursor line, long key)
    {
        if (Sse.IsSupported) Sse.Prefetch0(arena.At(in _pages[_page]) + _offset + _lengths[line.Point] - 8);
        arena.Changed.Add(new(_page, _offset, line.Point, line.Length(in source.Lines.Scalar), key));
    }

    /// <summary>Lines that hold more than one number, or an exemplar.</summary>
    private void Rewrite(PageArena arena, in LineCursor line, in MetricPoint point)
    {
        if (arena.Changed.Count > 0)
        {
            WriteChanged(arena);
            _offset = 0;
            for (var before = _first; before < line.Point; before++) _offset += _lengths[before];
        }
        ref var page = ref _pages[_page];
        var cursor = arena.At(in page) + _offset;
        if (_kind >= SeriesKind.Histogram) Prefetch(cursor, _lengths[line.Point], source.Lines.LinesPerPoint);
        if (PointText.TryPatch(source, parts, line, in point, cursor)) return;
        var length = PointText.Write(source, parts, line, in point, arena.Scratch);
        Buffer.MemoryCopy(arena.Scratch.Start, Room(arena, ref page, _offset, line.Point, length), length, length);
    }

    /// <summary>Writes the values that were remembered into their lines.</summary>
    private void WriteChanged(PageArena arena)
    {
        var text = stackalloc byte[TextArena.Slack];
        var (page, moved) = (-1, 0);
        foreach (ref readonly var entry in arena.Changed.Entries)
        {
            if (entry.Page != page) (page, moved) = (entry.Page, 0);
            var digits = _isLong ? NumberText.Write(text, entry.Key) : NumberText.Write(text, BitConverter.Int64BitsToDouble(entry.Key));
            text[digits] = (byte)'\n';
            var before = _lengths[entry.Point];
            var length = entry.Gap + digits + 1;
            var cursor = Room(arena, ref _pages[page], entry.Offset + moved, entry.Point, length);
            moved += length - before;
            Buffer.MemoryCopy(text, cursor + entry.Gap, digits + 1, digits + 1);
            if (_isCounter && !(_isLong ? entry.Key >= 0 : BitConverter.Int64BitsToDouble(entry.Key) >= 0)) source.Source.Marks.IsIrregular = true;
        }
        arena.Changed.Clear();
    }

    /// <summary>Gives a point's lines another length; returns where they begin now.</summary>
    private byte* Room(PageArena arena, ref TextPage page, int offset, int index, int length)
    {
        var before = _lengths[index];
        if (length == before) return arena.At(in page) + offset;
        arena.Widen(ref page, page.Length + length - before);
        var cursor = arena.At(in page) + offset;
        var after = page.Length - offset - before;
        Buffer.MemoryCopy(cursor + before, cursor + length, after, after);
        page.Length += length - before;
        _lengths[index] = length;
        return cursor;
    }

    /// <summary>The SDK keeps a metric's points in one array. Beyond its end there is nothing to bring, and a prefetch that finds nothing does nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PrefetchAfter(in MetricPoint point)
    {
        if (!Sse.IsSupported) return;
        var ahead = (byte*)Unsafe.AsPointer(in point) + (PointsAhead * Unsafe.SizeOf<MetricPoint>());
        Sse.Prefetch0(ahead);
        Sse.Prefetch0(ahead + 64);
    }

    private static void Prefetch(byte* cursor, int length, int lines)
    {
        if (!Sse.IsSupported) return;
        var stride = length / lines;
        for (var i = 1; i <= lines; i++) Sse.Prefetch0(cursor + i * stride - 4);
    }

    private void Append(PageArena arena, in LineCursor line, in MetricPoint point)
    {
        WriteChanged(arena);
        var length = line.IsHidden ? 0 : PointText.Write(source, parts, line, in point, arena.Scratch);
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
        (_keys[_count], _lengths[_count]) = (PointKey.Of(_kind, _hasExemplars, in point, out _), length);
        _count++;
    }

    private void AddPage(PageArena arena, int length)
    {
        if (_pageCount > 0) arena.Close(ref _pages[_pageCount - 1]);
        if (_pageCount == _pages.Length) Array.Resize(ref _pages, _pageCount + _pageCount / 4 + 1);
        _pages[_pageCount++] = arena.Open(Math.Max(PageArena.FullPage, length));
    }
}
