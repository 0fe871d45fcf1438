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
        var lines = source.Lines;
        var steps = lines.Steps;
        var (sumLine, countLine) = (lines.Sum, lines.Count);
        var line = new LineCursor(source, TSink.WantsText);
        var irregular = lines.Bounds.Length > 0 && lines.Bounds[0] < 0;
        var isExplicit = source.Source.Kind == SeriesKind.Histogram;
        // A copy can live in registers; the caller's sink cannot.
        var own = sink;
        foreach (ref readonly var point in source.Source.Metric.GetMetricPoints())
        {
            if (!line.Next()) continue;
            if ((parts & HistogramParts.Buckets) != 0)
            {
                var exemplars = new BucketExemplars(lines.HasExemplars, in point);
                if (isExplicit && !exemplars.Any)
                {
                    var (index, total) = (0, 0L);
                    foreach (var bucket in point.GetHistogramBuckets())
                    {
                        total += bucket.BucketCount;
                        line.Write(in steps[index++], ref own);
                        own.Number(total);
                        own.End();
                    }
                    if (index == 0) own = WithSteps(own, source, line, in point, exemplars);
                }
                else own = WithSteps(own, source, line, in point, exemplars);
            }
            var sum = point.GetHistogramSum();
            irregular |= !(sum >= 0);
            if ((parts & HistogramParts.Sum) != 0)
            {
                line.Write(in sumLine, ref own);
                own.Number(sum, ref source.Sums[line.Point]);
                own.End();
            }
            if ((parts & HistogramParts.Count) != 0)
            {
                line.Write(in countLine, ref own);
                own.Number(point.GetHistogramCount());
                own.End();
            }
            if (lines.HasCreated && (parts & HistogramParts.Created) != 0) own = PointWalker<TSink>.WithCreated(own, line, lines, in point);
        }
        sink = own;
        if (irregular) source.Source.Marks.IsIrregular = true;
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
