using System.Text;
using Observability.Prometheus.Catalog;
using Observability.Prometheus.Naming;

namespace Observability.Prometheus.Layout;

/// <summary>The lines that a source writes for each of its points.</summary>
internal sealed class LineTemplates
{
    private readonly TextArena _arena;
    private readonly SeriesSource _source;
    private readonly string _fixed;
    private readonly LineTemplate _scalar;
    private readonly LineTemplate _created;
    private LineTemplate _sum;
    private LineTemplate _count;
    private int _lowest;
    private int _highest;

    public LineTemplates(TextArena arena, SeriesSource source, TextStyle style, double[] quantiles)
    {
        _arena = arena;
        _source = source;
        var text = new StringBuilder();
        foreach (var (name, value) in source.FixedLabels)
        {
            if (text.Length > 0) text.Append(',');
            TextSyntax.AppendLabel(text, name, value);
        }
        _fixed = text.ToString();

        var family = source.Family;
        var isRegular = style.IsOpenMetrics && !family.IsIrregular && family.Kind != FamilyKind.Gauge;
        HasCreated = style.WithCreated && isRegular && (family.Kind != FamilyKind.Counter || family.Name.Sample != family.Name.Base);
        HasExemplars = style.WithExemplars && isRegular && HasExemplarPlace(source);
        if (HasCreated) _created = Line(family.Name.Base + "_created");
        if (family.Kind is FamilyKind.Counter or FamilyKind.Gauge) _scalar = Line(family.Name.Sample);
        else BuildDistribution(quantiles);
        // One line holds a whole distribution.
        if (style.IsOpenMetrics2 && CachesSum) _scalar = Line(family.Name.Base);
    }

    public bool HasCreated { get; }
    public bool HasExemplars { get; }
    public ref readonly LineTemplate Scalar => ref _scalar;
    public ref readonly LineTemplate Created => ref _created;
    public ref readonly LineTemplate Sum => ref _sum;
    public ref readonly LineTemplate Count => ref _count;

    /// <summary>One line a bucket, or one a quantile.</summary>
    public LineTemplate[] Steps { get; private set; } = [];

    /// <summary>The buckets' upper bounds, the last of them infinite; or the quantiles.</summary>
    public double[] Bounds { get; private set; } = [];

    /// <summary>A histogram with a negative bound may have a negative sum, whatever it is now.</summary>
    public bool BeginsBelowZero => Bounds.Length > 0 && Bounds[0] < 0;

    /// <summary>Distributions keep the text of their sums.</summary>
    public bool CachesSum => _source.Family.Kind is FamilyKind.Histogram or FamilyKind.Summary;

    /// <summary>How many values a point has, in all sections together.</summary>
    public int LinesPerPoint => ValuesEach(HistogramParts.All);

    /// <summary>How many of them some parts have.</summary>
    public int ValuesEach(HistogramParts parts) =>
        !CachesSum ? 1
        : ((parts & HistogramParts.Buckets) != 0 ? Steps.Length : 0) + ((parts & HistogramParts.Sum) != 0 ? 1 : 0) + ((parts & HistogramParts.Count) != 0 ? 1 : 0);

    /// <summary>The lowest power of two shown, for exponential histograms.</summary>
    public int LowestPower => _lowest;
    public int PowerStep { get; private set; } = 1;

    /// <summary>Whether every power of two that came up has its line.</summary>
    public bool Covers(SourceMarks marks) => (_lowest, _highest, PowerStep) == (marks.LowestPower, marks.HighestPower, marks.PowerStep);

    private static bool HasExemplarPlace(SeriesSource source) =>
        source.Family.Kind == FamilyKind.Histogram
        || (source.Family.Kind == FamilyKind.Counter && source.Family.Name.Sample != source.Family.Name.Base);

    private void BuildDistribution(double[] quantiles)
    {
        var name = _source.Family.Name.Base;
        _sum = Line(name + "_sum");
        _count = Line(name + "_count");
        var isSummary = _source.Family.Kind == FamilyKind.Summary;
        Bounds = isSummary ? quantiles : _source.Kind == SeriesKind.Histogram ? ExplicitBounds() : PowersOfTwo();
        Steps = new LineTemplate[Bounds.Length];
        for (var i = 0; i < Bounds.Length; i++)
            Steps[i] = Line(isSummary ? name : name + "_bucket", isSummary ? "quantile" : "le", CanonicalNumber.Text(Bounds[i]));
    }

    private double[] ExplicitBounds()
    {
        var bounds = new List<double>();
        foreach (ref readonly var point in _source.Metric.GetMetricPoints())
        {
            foreach (var bucket in point.GetHistogramBuckets()) bounds.Add(bucket.ExplicitBound);
            break;
        }
        // Without buckets the count alone is known: the bucket that every format demands.
        if (bounds.Count == 0 || !double.IsPositiveInfinity(bounds[^1])) bounds.Add(double.PositiveInfinity);
        return [.. bounds];
    }

    private double[] PowersOfTwo()
    {
        var marks = _source.Marks;
        var bounds = new List<double> { 0 };
        (_lowest, _highest) = (marks.LowestPower, marks.HighestPower);
        PowerStep = marks.PowerStep;
        for (var power = marks.LowestPower; power <= marks.HighestPower; power += marks.PowerStep) bounds.Add(Math.ScaleB(1, power));
        if (!double.IsPositiveInfinity(bounds[^1])) bounds.Add(double.PositiveInfinity);
        return [.. bounds];
    }

    private LineTemplate Line(string name, string? label = null, string value = "")
    {
        var trailing = _fixed;
        if (label is not null)
        {
            var text = new StringBuilder(_fixed);
            if (text.Length > 0) text.Append(',');
            TextSyntax.AppendLabel(text, label, value);
            trailing = text.ToString();
        }
        var (open, close, bare) = TextSyntax.Line(name, trailing);
        return new LineTemplate(_arena.Add(open), _arena.Add(close), _arena.Add(bare));
    }
}
