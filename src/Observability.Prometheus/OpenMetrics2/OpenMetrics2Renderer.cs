using OpenTelemetry.Metrics;
using Observability.Prometheus.Catalog;
using Observability.Prometheus.Layout;
using Observability.Prometheus.Rendering;

namespace Observability.Prometheus.OpenMetrics2;

/// <summary>
/// Writes OpenMetrics 2.0.0-rc0 (https://prometheus.io/docs/specs/om/open_metrics_spec_2_0/): one line a point, distributions as
/// composite values, start timestamps in the line. Experimental as its specification is: plain, not composed from a layout.
/// </summary>
internal sealed class OpenMetrics2Renderer(bool withExemplars)
{
    private readonly TextBuffer _text = new();
    private readonly CompositeValues _composites = new();

    public unsafe void Render(TextLayout layout, string[]? names, ScrapeBody body)
    {
        _text.Clear();
        if (names is null || NameFilter.Includes(names, "target_info")) Target(layout);
        foreach (var family in layout.Families)
        {
            if (!family.IsEmpty && (names is null || NameFilter.Includes(names, family.Family))) Family(family);
        }
        _text.Add("# EOF\n"u8);
        body.Grow(0, _text.Span.Length);
        _text.Span.CopyTo(new Span<byte>(body.Start, body.Capacity));
        body.Finish(_text.Span.Length);
    }

    private void Target(TextLayout layout)
    {
        if (layout.Catalog.Target.Length == 0) return;
        // The family has its sample's name, unlike in 1.0, and the text format's line for it is the same.
        _text.Add("# TYPE target_info info\n"u8);
        var preamble = layout.Preamble.Span;
        var help = preamble.IndexOf("# TYPE "u8);
        _text.Add(preamble[..help]);
        _text.Add(preamble[(help + "# TYPE target_info gauge\n".Length)..]);
    }

    private void Family(FamilyLayout layout)
    {
        var family = layout.Family;
        Head(family, Type(layout));
        foreach (var source in layout.Sources)
        {
            var labels = source.Snapshot();
            var number = 0;
            foreach (ref readonly var point in source.Source.Metric.GetMetricPoints())
            {
                if (number >= labels.Count) break;
                if (!labels.IsHidden(number)) Point(source, labels.Label(number), in point);
                number++;
            }
        }
    }

    /// <summary>Counters, and sums and quantiles of summaries, must be neither negative nor NaN; those of histograms may be what they are.</summary>
    private static string Type(FamilyLayout layout)
    {
        var family = layout.Family;
        if (family.Kind is FamilyKind.Gauge) return "gauge";
        if (family.Kind is FamilyKind.Histogram) return "histogram";
        foreach (var source in layout.Sources)
        {
            foreach (ref readonly var point in source.Source.Metric.GetMetricPoints())
            {
                var isSummary = source.Source.Kind >= SeriesKind.Summary;
                if (!(PointValue.Of(source.Source.Kind, in point) >= 0) || (isSummary && QuantileEstimator.IsBelowZero(source, in point))) source.Source.Marks.IsIrregular = true;
            }
        }
        return family.IsIrregular ? "unknown" : family.Kind is FamilyKind.Counter ? "counter" : "summary";
    }

    private void Head(Family family, string type)
    {
        var name = TextSyntax.MetadataName(family.Kind is FamilyKind.Counter or FamilyKind.Gauge ? family.Name.Sample : family.Name.Base);
        Metadata("# TYPE ", name, type);
        if (family.Name.Unit is { } unit) Metadata("# UNIT ", name, unit);
        if (family.Help.Length > 0) Metadata("# HELP ", name, TextSyntax.Help(family.Help, isOpenMetrics: true));
    }

    private void Metadata(string what, string name, string value)
    {
        _text.Add(what);
        _text.Add(name);
        _text.Add(" "u8);
        _text.Add(value);
        _text.Add("\n"u8);
    }

    private void Point(SourceLayout source, ReadOnlySpan<byte> labels, in MetricPoint point)
    {
        var (kind, line) = (source.Source.Kind, source.Lines.Scalar);
        _text.Add(labels.IsEmpty ? line.Bare.Span : line.Open.Span);
        _text.Add(labels);
        if (!labels.IsEmpty) _text.Add(line.Close.Span);
        if (kind >= SeriesKind.Histogram) _composites.Write(_text, source, in point);
        else if (PointValue.IsLong(kind)) _text.Add(PointValue.Integer(kind, in point));
        else _text.Add(PointValue.Of(kind, in point));
        if (source.Source.Family.Kind != FamilyKind.Gauge)
        {
            _text.Add(" st@"u8);
            _text.Add(point.StartTime);
            if (withExemplars && source.Source.Family.Kind != FamilyKind.Summary) Exemplars(kind == SeriesKind.LongCounter, in point);
        }
        _text.Add("\n"u8);
    }

    /// <summary>Every one that has a time, which 2.0 demands.</summary>
    private void Exemplars(bool isLong, in MetricPoint point)
    {
        if (!point.TryGetExemplars(out var exemplars)) return;
        foreach (ref readonly var exemplar in exemplars)
        {
            if (exemplar.Timestamp != default) _text.Add(in exemplar, isLong ? exemplar.LongValue : exemplar.DoubleValue);
        }
    }
}
