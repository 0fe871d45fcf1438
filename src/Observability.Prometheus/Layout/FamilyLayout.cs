using System.Text;
using Observability.Prometheus.Catalog;

namespace Observability.Prometheus.Layout;

/// <summary>A family's metadata lines and sources, as text.</summary>
internal sealed class FamilyLayout
{
    private readonly TextArena _arena = new();
    private readonly TextStyle _style;
    private readonly bool _isIrregular;
    private readonly SeriesSet _series = new();

    private FamilyLayout(Family family, TextStyle style)
    {
        Family = family;
        _style = style;
        _isIrregular = style.IsOpenMetrics && family.IsIrregular;
    }

    public Family Family { get; }
    public SourceLayout[] Sources { get; private set; } = [];
    public FamilySection[] Sections { get; private set; } = [];

    /// <summary>How often its points were laid out anew: what was made of earlier ones is void.</summary>
    public int Generation { get; private set; }

    public long StateBytes => _arena.Bytes + _series.Bytes + Sources.Sum(source => source.StateBytes);

    /// <summary>Whether the options hide every point there is: then the family has no metadata either.</summary>
    public bool IsEmpty => Array.TrueForAll(Sources, static source => source.Visible == 0);

    /// <summary>Whether a value came up that the family's type does not allow.</summary>
    public bool TurnedIrregular => _style.IsOpenMetrics && !_isIrregular && Family.Kind != FamilyKind.Gauge && Family.IsIrregular;

    /// <summary>Whether a walk met points that are not laid out.</summary>
    public bool IsBehind => Array.Exists(Sources, static source => source.IsBehind);

    /// <summary>Whether an exponential histogram reaches further than its buckets shown.</summary>
    public bool IsOutgrown => Array.Exists(Sources, static source => source.Source.Kind == SeriesKind.ExponentialHistogram && IsWider(source));

    public static FamilyLayout Build(Family family, LayoutContext context)
    {
        var layout = new FamilyLayout(family, context.Style);
        foreach (var source in family.Sources)
        {
            if (source.Kind is SeriesKind.ExponentialHistogram or SeriesKind.ExponentialSummary) ExponentialRange.Widen(source);
        }
        layout.Sources = [.. family.Sources.Select(source => new SourceLayout(source, new LineTemplates(layout._arena, source, context.Style, context.Quantiles)))];
        layout.Sections = layout.BuildSections();
        foreach (var source in layout.Sources) source.Append(context.Labels, context.Encoder, layout._series, trims: true);
        return layout;
    }

    /// <summary>Takes in what changed; false when the family must be laid out anew.</summary>
    public bool TryUpdate(LayoutContext context)
    {
        if (TurnedIrregular || IsOutgrown) return false;
        foreach (var source in Sources)
        {
            var change = source.Compare();
            if (change == PointChange.Different) return TryLayOutAnew(context);
            if (change != PointChange.Appended) continue;
            source.Append(context.Labels, context.Encoder, _series, trims: Generation == 0);
        }
        return true;
    }

    /// <summary>The section's head stands before its first source.</summary>
    public static PinnedText Head(FamilySection[] sections, int section, int source) => source == 0 ? sections[section].Head : default;

    /// <summary>
    /// Points vanish and come back where an observable instrument reports now these and now those: that must not cost memory each
    /// time. Distributions are never observed.
    /// </summary>
    private bool TryLayOutAnew(LayoutContext context)
    {
        if (Family.Kind is FamilyKind.Histogram or FamilyKind.Summary) return false;
        Generation++;
        _series.Clear();
        foreach (var source in Sources) source.Clear();
        foreach (var source in Sources)
        {
            source.Append(context.Labels, context.Encoder, _series, trims: false);
            source.IsBehind = false;
        }
        return true;
    }

    /// <summary>
    /// Lets go of text that compiled bodies do not need. A family with numbered duplicates could not number them again, and one whose
    /// points come and go would need its text again and again.
    /// </summary>
    public void ReleaseLabels()
    {
        if (_series.HasDuplicates || Generation > 0) return;
        foreach (var source in Sources) source.ReleaseLabels();
    }

    public void RestoreLabels(LayoutContext context)
    {
        foreach (var source in Sources) source.RestoreLabels(context.Labels, context.Encoder);
    }

    private static bool IsWider(SourceLayout source)
    {
        ExponentialRange.Widen(source.Source);
        return !source.Lines.Covers(source.Source.Marks);
    }

    private FamilySection[] BuildSections()
    {
        var name = Family.Name;
        if (!_isIrregular) return [new FamilySection(Head(_style.IsOpenMetrics ? name.Base : name.Sample, Type(), name.Unit), HistogramParts.All)];
        // OpenMetrics forbids negative and not-a-number counts and sums. Exposed as unknown, each kind of sample is a family of its
        // own under the name it always had: the server stores the very same series.
        if (Family.Kind == FamilyKind.Counter) return [new FamilySection(Head(name.Sample, "unknown", null), HistogramParts.All)];
        return
        [
            new FamilySection(Head(Family.Kind == FamilyKind.Histogram ? name.Base + "_bucket" : name.Base, "unknown", null), HistogramParts.Buckets),
            new FamilySection(Head(name.Base + "_sum", "unknown", null), HistogramParts.Sum),
            new FamilySection(Head(name.Base + "_count", "unknown", null), HistogramParts.Count),
        ];
    }

    private string Type() => Family.Kind switch
    {
        // OpenMetrics 1.0 demands _total of a counter; a strategy without suffixes has none.
        FamilyKind.Counter => _style.IsOpenMetrics && Family.Name.Sample == Family.Name.Base ? "unknown" : "counter",
        FamilyKind.Histogram => "histogram",
        FamilyKind.Summary => "summary",
        _ => "gauge",
    };

    private PinnedText Head(string name, string type, string? unit)
    {
        var exposed = TextSyntax.MetadataName(name);
        var text = new StringBuilder();
        if (Family.Help.Length > 0) text.Append("# HELP ").Append(exposed).Append(' ').Append(TextSyntax.Help(Family.Help, _style.IsOpenMetrics)).Append('\n');
        text.Append("# TYPE ").Append(exposed).Append(' ').Append(type).Append('\n');
        if (_style.IsOpenMetrics && unit is not null) text.Append("# UNIT ").Append(exposed).Append(' ').Append(unit).Append('\n');
        return _arena.Add(text.ToString());
    }
}
