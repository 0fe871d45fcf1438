using Observability.Prometheus.Layout;

namespace Observability.Prometheus.Compression;

/// <summary>Everything compiled under one pair of Huffman codes.</summary>
internal sealed class CompiledSet
{
    private readonly Dictionary<FamilyLayout, CompiledFamily> _families = [];
    // For additions; a compiler that took in everything would keep several times its text.
    private readonly SegmentCompiler _compiler = new();

    private CompiledSet(DeflateTables tables, PinnedText preamble, PinnedText epilogue)
    {
        Tables = tables;
        Preamble = CompiledText.Of(preamble.Span, tables);
        Epilogue = CompiledText.Of(epilogue.Span, tables);
        LineEnd = CompiledText.Of("\n"u8, tables);
    }

    public DeflateTables Tables { get; }
    public CompiledText Preamble { get; }
    public CompiledText Epilogue { get; }
    public CompiledText LineEnd { get; }

    /// <summary>How many values there were when the codes were made.</summary>
    public int TrainedValues { get; private set; }

    public long StateBytes => _families.Values.Sum(family => family.StateBytes) + _compiler.Bytes + DeflateTables.Bytes;

    public static CompiledSet Build(PinnedText preamble, PinnedText epilogue, IReadOnlyList<FamilySnapshot> families)
    {
        var statistics = new DeflateStatistics();
        var compiler = new SegmentCompiler();
        foreach (var family in families)
        {
            for (var section = 0; section < family.Sections.Length; section++)
            {
                for (var source = 0; source < family.Sources.Length; source++)
                    compiler.Train(in family.Sources[source], family.Head(section, source), family.Sections[section].Parts, statistics);
            }
        }
        var set = new CompiledSet(DeflateTables.Train(statistics), preamble, epilogue);
        foreach (var family in families)
        {
            var compiled = new CompiledFamily(family.Sections, family.Sources.Length, family.Generation, set.Tables);
            set._families.Add(family.Layout, compiled);
            compiled.Compile(family, compiler, set.Tables);
            compiled.Trim();
            set.TrainedValues += compiled.Values;
        }
        return set;
    }

    public CompiledFamily? Find(FamilyLayout layout) => _families.GetValueOrDefault(layout);

    /// <summary>Compiles what is new in a family.</summary>
    public void Extend(FamilyLayout family)
    {
        if (!_families.TryGetValue(family, out var compiled))
            _families.Add(family, compiled = new CompiledFamily(family.Sections, family.Sources.Length, family.Generation, Tables));
        compiled.Extend(family, _compiler, Tables);
    }

    /// <summary>Called once a scrape.</summary>
    public void Rest() => _compiler.Rest();

    /// <summary>Forgets families whose layout was replaced.</summary>
    public void Retain(FamilyLayout[] layouts)
    {
        if (_families.Count <= layouts.Length) return;
        foreach (var layout in _families.Keys.Except(layouts).ToList()) _families.Remove(layout);
    }
}
