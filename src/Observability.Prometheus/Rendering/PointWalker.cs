using OpenTelemetry.Metrics;
using Observability.Prometheus.Catalog;
using Observability.Prometheus.Layout;

namespace Observability.Prometheus.Rendering;

/// <summary>Reads every point of a layout in the order of its lines and hands the pieces to a sink.</summary>
internal static class PointWalker<TSink>
    where TSink : struct, ILineSink
{
    public static void Walk(TextLayout layout, string[]? names, ref TSink sink)
    {
        sink.Begin(layout.Preamble.Length + layout.Epilogue.Length);
        if (names is null || NameFilter.Includes(names, "target_info")) sink.Text(layout.Preamble);
        foreach (var family in layout.Families)
        {
            if (names is null || NameFilter.Includes(names, family.Family)) Walk(family, ref sink);
        }
        sink.Begin(layout.Epilogue.Length);
        sink.Text(layout.Epilogue);
    }

    public static void Walk(FamilyLayout family, ref TSink sink)
    {
        foreach (var section in family.Sections)
        {
            sink.Begin(section.Head.Length);
            sink.Text(section.Head);
            foreach (var source in family.Sources) Walk(source, section.Parts, ref sink);
        }
    }

    public static void Walk(SourceLayout source, HistogramParts parts, ref TSink sink)
    {
        switch (source.Source.Kind)
        {
            case SeriesKind.Histogram or SeriesKind.ExponentialHistogram or SeriesKind.Summary or SeriesKind.ExponentialSummary:
                DistributionWalker<TSink>.Walk(source, parts, ref sink);
                break;
            case SeriesKind.LongCounter or SeriesKind.LongUpDownCounter or SeriesKind.LongGauge:
                WalkLongs(source, ref sink);
                break;
            default:
                WalkDoubles(source, ref sink);
                break;
        }
    }

    private static unsafe void WalkLongs(SourceLayout source, ref TSink sink)
    {
        var isGauge = source.Source.Kind == SeriesKind.LongGauge;
        var lines = source.Lines;
        var line = new LineCursor(source);
        var lowest = 0L;
        foreach (ref readonly var point in source.Source.Metric.GetMetricPoints())
        {
            if (!line.Next()) continue;
            var value = isGauge ? point.GetGaugeLastValueLong() : point.GetSumLong();
            lowest = Math.Min(lowest, value);
            line.Write(lines.Scalar, ref sink);
            sink.Number(value);
            if (lines.HasExemplars) CounterExemplar(in point, isLong: true, ref sink);
            sink.End();
            if (lines.HasCreated) Created(ref line, lines, in point, ref sink);
        }
        if (lowest < 0 && source.Source.Family.Kind == FamilyKind.Counter) source.Source.Marks.IsIrregular = true;
    }

    private static unsafe void WalkDoubles(SourceLayout source, ref TSink sink)
    {
        var isGauge = source.Source.Kind == SeriesKind.DoubleGauge;
        var lines = source.Lines;
        var line = new LineCursor(source);
        var irregular = false;
        foreach (ref readonly var point in source.Source.Metric.GetMetricPoints())
        {
            if (!line.Next()) continue;
            var value = isGauge ? point.GetGaugeLastValueDouble() : point.GetSumDouble();
            irregular |= !(value >= 0);
            line.Write(lines.Scalar, ref sink);
            sink.Number(value);
            if (lines.HasExemplars) CounterExemplar(in point, isLong: false, ref sink);
            sink.End();
            if (lines.HasCreated) Created(ref line, lines, in point, ref sink);
        }
        if (irregular && source.Source.Family.Kind == FamilyKind.Counter) source.Source.Marks.IsIrregular = true;
    }

    /// <summary>Writes the time since when the point counts; it never changes while the point lives.</summary>
    public static unsafe void Created(ref LineCursor line, LineTemplates lines, in MetricPoint point, ref TSink sink)
    {
        if (!TSink.WantsText) return;
        line.Write(lines.Created, ref sink);
        var text = stackalloc byte[TextArena.Slack];
        var milliseconds = point.StartTime.ToUnixTimeMilliseconds();
        var length = NumberText.Write(text, milliseconds / 1000.0);
        text[length++] = (byte)'\n';
        sink.Text(text, length);
    }

    private static void CounterExemplar(in MetricPoint point, bool isLong, ref TSink sink)
    {
        if (!point.TryGetExemplars(out var exemplars)) return;
        var latest = default(DateTimeOffset);
        foreach (ref readonly var exemplar in exemplars) latest = exemplar.Timestamp > latest ? exemplar.Timestamp : latest;
        foreach (ref readonly var exemplar in exemplars)
        {
            if (exemplar.Timestamp != latest) continue;
            sink.Exemplar(in exemplar, isLong ? exemplar.LongValue : exemplar.DoubleValue);
            return;
        }
    }
}
