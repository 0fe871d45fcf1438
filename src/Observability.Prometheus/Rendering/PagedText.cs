using Observability.Prometheus.Layout;

namespace Observability.Prometheus.Rendering;

/// <summary>
/// A whole text body that is kept and brought up to date instead of being written anew: between two scrapes most values stay what
/// they were, and copying their lines would cost more than everything else. While a response still sends the body it is left alone.
/// </summary>
internal sealed class PagedText(BodyPool pool)
{
    private readonly Dictionary<FamilyLayout, PagedFamily> _families = [];
    private PageArena? _arena;
    private TextPage _preamble;
    private TextPage _epilogue;

    public long StateBytes => _families.Values.Sum(family => family.StateBytes);

    /// <summary>The body, up to date; null while an earlier response sends it.</summary>
    public ScrapeBody? TryRender(TextLayout layout)
    {
        var arena = _arena ??= Begin(layout);
        if (arena.Body.IsShared) return null;
        if (arena.IsRagged) Restart(layout, arena);
        Retain(layout, arena);
        foreach (var family in layout.Families) Find(family, arena).Update(arena);
        AddParts(layout, arena.Body);
        arena.Body.Acquire();
        return arena.Body;
    }

    /// <summary>Lets go of the body.</summary>
    public void Release()
    {
        _families.Clear();
        if (_arena is null) return;
        _arena.Body.Release();
        _arena = null;
    }

    private PageArena Begin(TextLayout layout)
    {
        var arena = new PageArena(pool.Take(), new ScrapeBody(pool));
        // Room for the lines of most points, so that it need not grow when a number does.
        arena.Scratch.Grow(0, 4 * PageArena.FullPage);
        Restart(layout, arena);
        return arena;
    }

    private void Restart(TextLayout layout, PageArena arena)
    {
        arena.Restart();
        _preamble = arena.Of(layout.Preamble.Span);
        _epilogue = arena.Of(layout.Epilogue.Span);
        foreach (var family in _families.Values) family.Restart(arena);
    }

    private PagedFamily Find(FamilyLayout layout, PageArena arena)
    {
        if (!_families.TryGetValue(layout, out var family)) _families.Add(layout, family = new PagedFamily(layout, arena));
        return family;
    }

    /// <summary>Forgets families whose layout was replaced.</summary>
    private void Retain(TextLayout layout, PageArena arena)
    {
        var known = 0;
        foreach (var family in layout.Families)
        {
            if (_families.ContainsKey(family)) known++;
        }
        if (known == _families.Count) return;
        foreach (var gone in _families.Keys.Except(layout.Families).ToList())
        {
            _families.Remove(gone, out var family);
            family!.Waste(arena);
        }
    }

    private void AddParts(TextLayout layout, ScrapeBody body)
    {
        body.ClearParts();
        body.AddPart(_preamble.Start, _preamble.Length);
        foreach (var family in layout.Families) _families[family].AddParts(body);
        body.AddPart(_epilogue.Start, _epilogue.Length);
    }
}
