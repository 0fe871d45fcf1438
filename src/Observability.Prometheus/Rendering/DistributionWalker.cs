using System.Runtime.CompilerServices;
using OpenTelemetry.Metrics;
using Observability.Prometheus.Catalog;
using Observability.Prometheus.Layout;

namespace Observability.Prometheus.Rendering;

/// <summary>The part of <see cref="PointWalker{TSink}"/> for histograms and summaries.</summary>
internal static class DistributionWalker<TSink>
    where TSink : struct, ILineSink
{
    public static void Walk(SourceLayout source, HistogramParts parts, ref TSink sink)
    {
        var line = new LineCursor(source);
        var isRegular = true;
        // A copy can live in registers; the caller's sink cannot.
        var own = sink;
        var isComplete = true;
        ref readonly var previous = ref Unsafe.NullRef<MetricPoint>();
        foreach (ref readonly var point in source.Source.Metric.GetMetricPoints())
        {
            if (!(isComplete = line.TryNext(in previous, in point))) break;
            previous = ref point;
            if (!line.IsHidden) isRegular &= Walk(source, parts, ref line, in point, ref own);
        }
        line.End(isComplete);
        sink = own;
        if (!isRegular) source.Source.Marks.IsIrregular = true;
    }

    /// <summary>The lines of one point; false when OpenMetrics forbids its values for its type.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Walk(SourceLayout source, HistogramParts parts, ref LineCursor line, in MetricPoint point, ref TSink sink)
    {
        var lines = source.Lines;
        if ((parts & HistogramParts.Buckets) != 0) Steps(source, ref line, in point, ref sink);
        var sum = point.GetHistogramSum();
        if ((parts & HistogramParts.Sum) != 0)
        {
            line.Write(in lines.Sum, ref sink);
            sink.Number(sum, ref source.Sums[line.Point]);
            sink.End();
        }
        if ((parts & HistogramParts.Count) != 0)
        {
            line.Write(in lines.Count, ref sink);
            sink.Number(point.GetHistogramCount());
            sink.End();
        }
        if (lines.HasCreated && (parts & HistogramParts.Created) != 0) sink = PointWalker<TSink>.WithCreated(sink, line, lines, in point);
        return sum >= 0 && !lines.BeginsBelowZero && !(source.Source.Kind >= SeriesKind.Summary && QuantileEstimator.IsBelowZero(source, in point));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Steps(SourceLayout source, ref LineCursor line, in MetricPoint point, ref TSink sink)
    {
        var exemplars = new BucketExemplars(source.Lines.HasExemplars, in point);
        if (source.Source.Kind != SeriesKind.Histogram || exemplars.Any)
        {
            sink = WithSteps(sink, source, line, in point, exemplars);
            return;
        }
        var steps = source.Lines.Steps;
        var (index, total) = (0, 0L);
        foreach (var bucket in point.GetHistogramBuckets())
        {
            total += bucket.BucketCount;
            line.Write(in steps[index++], ref sink);
            sink.Number(total);
            sink.End();
        }
        if (index == 0) sink = WithSteps(sink, source, line, in point, exemplars);
    }

    /// <summary>Everything but explicit buckets without exemplars, which are most.</summary>
    private static TSink WithSteps(TSink sink, SourceLayout source, LineCursor line, in MetricPoint point, BucketExemplars exemplars)
    {
        switch (source.Source.Kind)
        {
            case SeriesKind.Histogram:
                Buckets(source.Lines, ref line, in point, exemplars, ref sink);
                break;
            case SeriesKind.ExponentialHistogram:
                Powers(source.Lines, ref line, in point, exemplars, ref sink);
                break;
            default:
                Quantiles(source, ref line, in point, ref sink);
                break;
        }
        return sink;
    }

    private static void Buckets(LineTemplates lines, ref LineCursor line, in MetricPoint point, BucketExemplars exemplars, ref TSink sink)
    {
        var steps = lines.Steps;
        var index = 0;
        var total = 0L;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            total += bucket.BucketCount;
            line.Write(in steps[index++], ref sink);
            sink.Number(total);
            if (exemplars.Any) exemplars.Write(bucket.ExplicitBound, ref sink);
            sink.End();
        }
        if (index > 0) return;
        line.Write(in steps[0], ref sink);
        sink.Number(point.GetHistogramCount());
        if (exemplars.Any) exemplars.Write(double.PositiveInfinity, ref sink);
        sink.End();
    }

    private static void Powers(LineTemplates lines, ref LineCursor line, in MetricPoint point, BucketExemplars exemplars, ref TSink sink)
    {
        var data = point.GetExponentialHistogramData();
        var buckets = data.PositiveBuckets.GetEnumerator();
        var more = buckets.MoveNext();
        var index = data.PositiveBuckets.Offset;
        var total = data.ZeroCount;
        for (var step = 0; step < lines.Steps.Length; step++)
        {
            var isLast = step == lines.Steps.Length - 1;
            var power = isLast ? int.MaxValue : step == 0 ? int.MinValue : lines.LowestPower + (step - 1) * lines.PowerStep;
            while (more && power != int.MinValue && (isLast || ExponentialRange.UpperPower(index, data.Scale) <= power))
            {
                total += buckets.Current;
                more = buckets.MoveNext();
                index++;
            }
            line.Write(in lines.Steps[step], ref sink);
            sink.Number(isLast ? point.GetHistogramCount() : total);
            if (exemplars.Any) exemplars.Write(lines.Bounds[step], ref sink);
            sink.End();
        }
    }

    private static void Quantiles(SourceLayout source, ref LineCursor line, in MetricPoint point, ref TSink sink)
    {
        for (var i = 0; i < source.Lines.Steps.Length; i++)
        {
            line.Write(in source.Lines.Steps[i], ref sink);
            sink.Number(QuantileEstimator.Estimate(in point, source.Source.Kind == SeriesKind.ExponentialSummary, source.Lines.Bounds[i]));
            sink.End();
        }
    }
}
