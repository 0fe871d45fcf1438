using System.Text;
using Observability.Prometheus.Catalog;
using Observability.Prometheus.Filtering;
using Observability.Prometheus.Protobuf;

namespace Observability.Prometheus.Layout;

/// <summary>A whole exposition as text around values; follows the metrics from scrape to scrape.</summary>
internal sealed class TextLayout
{
    private readonly TextArena _arena = new();
    private readonly LayoutContext _context;

    public TextLayout(MetricCatalog catalog, TextStyle style, SeriesFilter filter, double[] quantiles)
    {
        Catalog = catalog;
        _context = new LayoutContext(style, new PointLabels(catalog.Namer, filter), style.IsProtobuf ? new ProtobufLabelEncoder() : new LabelEncoder(), quantiles);
        Preamble = _arena.Add(TargetInfo(catalog, style));
        Epilogue = _arena.Add(style.IsOpenMetrics ? "# EOF\n" : "");
        Families = [.. catalog.Families.Select(family => FamilyLayout.Build(family, _context))];
    }

    public MetricCatalog Catalog { get; }
    public PinnedText Preamble { get; }
    public PinnedText Epilogue { get; }
    public FamilyLayout[] Families { get; }
    public TextStyle Style => _context.Style;

    public long StateBytes => _arena.Bytes + Families.Sum(family => family.StateBytes);

    /// <summary>Takes in what a walk over values cannot notice by itself.</summary>
    public void Widen()
    {
        for (var i = 0; i < Families.Length; i++)
        {
            if (Families[i].IsOutgrown) Families[i] = FamilyLayout.Build(Families[i].Family, _context);
        }
    }

    /// <summary>Takes in new, vanished and irregular points.</summary>
    public void Update()
    {
        for (var i = 0; i < Families.Length; i++)
        {
            if (!Families[i].TryUpdate(_context)) Families[i] = FamilyLayout.Build(Families[i].Family, _context);
        }
    }

    /// <summary>How many samples the points known make.</summary>
    public int Samples()
    {
        var samples = 0;
        foreach (var family in Families)
        {
            foreach (var source in family.Sources) samples += source.Count * source.Lines.LinesPerPoint;
        }
        return samples;
    }

    /// <summary>Lets go of the label text; <see cref="RestoreLabels"/> brings it back, at the price of encoding it again.</summary>
    public void ReleaseLabels()
    {
        foreach (var family in Families) family.ReleaseLabels();
    }

    public void RestoreLabels()
    {
        foreach (var family in Families) family.RestoreLabels(_context);
    }

    /// <summary>Whether the last walk met points that are not laid out, or values that make a family change its type: then what it wrote is worthless.</summary>
    public bool IsOutdated()
    {
        foreach (var family in Families)
        {
            if (family.TurnedIrregular || family.IsBehind) return true;
        }
        return false;
    }

    private static string TargetInfo(MetricCatalog catalog, TextStyle style)
    {
        if (catalog.Target.Length == 0) return "";
        var text = new StringBuilder();
        var family = style.IsOpenMetrics ? "target" : "target_info";
        text.Append("# HELP ").Append(family).Append(" Target metadata\n");
        text.Append("# TYPE ").Append(family).Append(style.IsOpenMetrics ? " info\n" : " gauge\n");
        text.Append("target_info{");
        for (var i = 0; i < catalog.Target.Length; i++)
        {
            if (i > 0) text.Append(',');
            TextSyntax.AppendLabel(text, catalog.Target[i].Key, catalog.Target[i].Value);
        }
        return text.Append("} 1\n").ToString();
    }
}
