using System.Runtime.CompilerServices;
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
        if (family.IsEmpty) return;
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

    /// <summary>The lines of one point, to which the cursor points.</summary>
    public static void Walk(SourceLayout source, HistogramParts parts, LineCursor line, in MetricPoint point, ref TSink sink)
    {
        var isRegular = true;
        switch (source.Source.Kind)
        {
            case SeriesKind.Histogram or SeriesKind.ExponentialHistogram or SeriesKind.Summary or SeriesKind.ExponentialSummary:
                isRegular = DistributionWalker<TSink>.Walk(source, parts, ref line, in point, ref sink);
                break;
            case SeriesKind.LongCounter or SeriesKind.LongUpDownCounter or SeriesKind.LongGauge:
                isRegular = Long(source, source.Source.Kind == SeriesKind.LongGauge, in line, in point, ref sink) >= 0;
                break;
            default:
                isRegular = Double(source, source.Source.Kind == SeriesKind.DoubleGauge, in line, in point, ref sink) >= 0;
                break;
        }
        if (!isRegular && source.Source.Family.Kind != FamilyKind.Gauge) source.Source.Marks.IsIrregular = true;
    }

    private static void WalkLongs(SourceLayout source, ref TSink sink)
    {
        var isGauge = source.Source.Kind == SeriesKind.LongGauge;
        var line = new LineCursor(source);
        var lowest = 0L;
        // A copy can live in registers; the caller's sink cannot.
        var own = sink;
        var isComplete = true;
        ref readonly var previous = ref Unsafe.NullRef<MetricPoint>();
        foreach (ref readonly var point in source.Source.Metric.GetMetricPoints())
        {
            if (!(isComplete = line.TryNext(in previous, in point))) break;
            previous = ref point;
            if (!line.IsHidden) lowest = Math.Min(lowest, Long(source, isGauge, in line, in point, ref own));
        }
        line.End(isComplete);
        sink = own;
        if (lowest < 0 && source.Source.Family.Kind == FamilyKind.Counter) source.Source.Marks.IsIrregular = true;
    }

    private static void WalkDoubles(SourceLayout source, ref TSink sink)
    {
        var isGauge = source.Source.Kind == SeriesKind.DoubleGauge;
        var line = new LineCursor(source);
        var irregular = false;
        var own = sink;
        var isComplete = true;
        ref readonly var previous = ref Unsafe.NullRef<MetricPoint>();
        foreach (ref readonly var point in source.Source.Metric.GetMetricPoints())
        {
            if (!(isComplete = line.TryNext(in previous, in point))) break;
            previous = ref point;
            if (!line.IsHidden) irregular |= !(Double(source, isGauge, in line, in point, ref own) >= 0);
        }
        line.End(isComplete);
        sink = own;
        if (irregular && source.Source.Family.Kind == FamilyKind.Counter) source.Source.Marks.IsIrregular = true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Long(SourceLayout source, bool isGauge, in LineCursor line, in MetricPoint point, ref TSink sink)
    {
        var lines = source.Lines;
        var value = isGauge ? point.GetGaugeLastValueLong() : point.GetSumLong();
        line.Write(in lines.Scalar, ref sink);
        sink.Number(value);
        if (lines.HasExemplars && point.TryGetExemplars(out var exemplars)) sink = WithExemplar(sink, exemplars, isLong: true);
        sink.End();
        if (lines.HasCreated) sink = WithCreated(sink, line, lines, in point);
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Double(SourceLayout source, bool isGauge, in LineCursor line, in MetricPoint point, ref TSink sink)
    {
        var lines = source.Lines;
        var value = isGauge ? point.GetGaugeLastValueDouble() : point.GetSumDouble();
        line.Write(in lines.Scalar, ref sink);
        sink.Number(value);
        if (lines.HasExemplars && point.TryGetExemplars(out var exemplars)) sink = WithExemplar(sink, exemplars, isLong: false);
        sink.End();
        if (lines.HasCreated) sink = WithCreated(sink, line, lines, in point);
        return value;
    }

    /// <summary>Writes the time since when the point counts; it never changes while the point lives.</summary>
    public static unsafe TSink WithCreated(TSink sink, LineCursor line, LineTemplates lines, in MetricPoint point)
    {
        if (!TSink.WantsText) return sink;
        line.Write(lines.Created, ref sink);
        var text = stackalloc byte[TextArena.Slack];
        var length = NumberText.Write(text, point.StartTime.ToUnixTimeMilliseconds() / 1000.0);
        text[length++] = (byte)'\n';
        sink.Text(text, length);
        return sink;
    }

    /// <summary>A counter shows the exemplar that was seen last.</summary>
    private static TSink WithExemplar(TSink sink, ReadOnlyExemplarCollection exemplars, bool isLong)
    {
        var latest = default(DateTimeOffset);
        foreach (ref readonly var exemplar in exemplars) latest = exemplar.Timestamp > latest ? exemplar.Timestamp : latest;
        if (latest == default) return sink;
        foreach (ref readonly var exemplar in exemplars)
        {
            if (exemplar.Timestamp != latest) continue;
            sink.Exemplar(in exemplar, isLong ? exemplar.LongValue : exemplar.DoubleValue);
            break;
        }
        return sink;
    }
}
