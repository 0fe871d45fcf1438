using Observability.Prometheus.Layout;

namespace Observability.Prometheus.Rendering;

/// <summary>A family's pages: for every section its head, then each source's lines.</summary>
internal sealed class PagedFamily
{
    private readonly FamilyLayout _layout;
    private readonly TextPage[] _heads;
    private readonly PagedSource[] _sources;
    private int _generation;

    public PagedFamily(FamilyLayout layout, PageArena arena)
    {
        _layout = layout;
        _heads = new TextPage[layout.Sections.Length];
        _sources = [.. layout.Sections.SelectMany(section => layout.Sources.Select(source => new PagedSource(source, section.Parts)))];
        Restart(arena);
    }

    public long StateBytes => _sources.Sum(source => source.StateBytes);

    public void Update(PageArena arena)
    {
        if (_layout.IsEmpty) return;
        if (_generation != _layout.Generation)
        {
            foreach (var source in _sources)
            {
                source.Waste(arena);
                source.Restart();
            }
            _generation = _layout.Generation;
        }
        foreach (var source in _sources) source.Update(arena);
    }

    /// <summary>Takes pages anew in an arena that has none of this family's.</summary>
    public void Restart(PageArena arena)
    {
        for (var section = 0; section < _heads.Length; section++) _heads[section] = arena.Of(_layout.Sections[section].Head.Span);
        foreach (var source in _sources) source.Restart();
        _generation = _layout.Generation;
    }

    public void AddParts(ScrapeBody body)
    {
        if (_layout.IsEmpty) return;
        var perSection = _layout.Sources.Length;
        for (var section = 0; section < _heads.Length; section++)
        {
            body.AddPart(_heads[section].Start, _heads[section].Length);
            for (var source = 0; source < perSection; source++) _sources[section * perSection + source].AddParts(body);
        }
    }

    public void Waste(PageArena arena)
    {
        foreach (ref readonly var head in _heads.AsSpan()) arena.Waste(in head);
        foreach (var source in _sources) source.Waste(arena);
    }
}
