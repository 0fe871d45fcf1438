using Observability.Prometheus.Layout;

namespace Observability.Prometheus.Compression;

/// <summary>A family's segments, by section and source, and the texts after their last values.</summary>
internal sealed class CompiledFamily
{
    private readonly CompiledSegment[] _segments;
    private readonly CompiledText[] _heads;
    private readonly int _sources;

    public CompiledFamily(FamilySection[] sections, int sources, int generation, DeflateTables tables)
    {
        _sources = sources;
        Generation = generation;
        _segments = new CompiledSegment[sections.Length * _sources];
        for (var i = 0; i < _segments.Length; i++) _segments[i] = new CompiledSegment();
        _heads = [.. sections.Select(section => CompiledText.Of(section.Head.Span, tables))];
    }

    /// <summary>That of the layout's points that are compiled.</summary>
    public int Generation { get; private set; }

    public long StateBytes => _segments.Sum(segment => segment.StateBytes);

    public int Values => _segments.Sum(segment => segment.Values);

    public bool IsUsable => Array.TrueForAll(_segments, segment => segment.IsUsable) && Array.TrueForAll(_heads, head => head.Length <= CompiledGap.LongestText);

    public CompiledSegment Segment(int section, int source) => _segments[section * _sources + source];

    /// <summary>What is written in place of a first gap when the section's first source has no value.</summary>
    public CompiledText Head(int section) => _heads[section];

    /// <summary>Gives back what compiling reserved; appending reserves again.</summary>
    public void Trim()
    {
        foreach (var segment in _segments) segment.Trim();
    }

    /// <summary>Compiles what is new in a layout.</summary>
    public void Extend(FamilyLayout family, SegmentCompiler compiler, DeflateTables tables)
    {
        if (Generation != family.Generation)
        {
            foreach (var segment in _segments) segment.Clear();
            Generation = family.Generation;
        }
        for (var section = 0; section < family.Sections.Length; section++)
        {
            for (var source = 0; source < _sources; source++)
            {
                var segment = Segment(section, source);
                if (segment.Points == family.Sources[source].Count) continue;
                compiler.Extend(segment, family.Sources[source].Snapshot(), FamilyLayout.Head(family.Sections, section, source), family.Sections[section].Parts, tables);
            }
        }
    }

    public void Compile(FamilySnapshot family, SegmentCompiler compiler, DeflateTables tables)
    {
        for (var section = 0; section < family.Sections.Length; section++)
        {
            for (var source = 0; source < _sources; source++)
                compiler.Extend(Segment(section, source), in family.Sources[source], family.Head(section, source), family.Sections[section].Parts, tables);
        }
    }
}
