using OpenTelemetry.Metrics;
using Observability.Prometheus.Catalog;
using Observability.Prometheus.Layout;

namespace Observability.Prometheus.Rendering;

/// <summary>
/// Quantiles from buckets, interpolated inside the bucket in which they fall, as PromQL's <c>histogram_quantile</c> does it:
/// linearly between explicit bounds, geometrically between exponential ones.
/// </summary>
internal static class QuantileEstimator
{
    public static double Estimate(in MetricPoint point, bool isExponential, double quantile)
    {
        var count = point.GetHistogramCount();
        if (count == 0) return double.NaN;
        var rank = quantile * count;
        var estimate = isExponential ? Exponential(point.GetExponentialHistogramData(), rank) : Explicit(point.GetHistogramBuckets(), rank);
        if (!point.TryGetHistogramMinMaxValues(out var minimum, out var maximum) || minimum > maximum) return estimate;
        return double.IsNaN(estimate) ? maximum : Math.Clamp(estimate, minimum, maximum);
    }

    /// <summary>Whether a summary's lowest quantile is negative, which OpenMetrics forbids.</summary>
    public static bool IsBelowZero(SourceLayout source, in MetricPoint point) =>
        source.Lines.Bounds.Length > 0 && Estimate(in point, source.Source.Kind == SeriesKind.ExponentialSummary, source.Lines.Bounds[0]) < 0;

    private static double Explicit(HistogramBuckets buckets, double rank)
    {
        var (below, lower) = (0L, double.NaN);
        foreach (var bucket in buckets)
        {
            var upper = bucket.ExplicitBound;
            if (bucket.BucketCount > 0 && below + bucket.BucketCount >= rank)
            {
                if (double.IsPositiveInfinity(upper)) return lower;
                if (double.IsNaN(lower)) lower = upper > 0 ? 0 : upper;
                return lower + (upper - lower) * Math.Max(0, rank - below) / bucket.BucketCount;
            }
            below += bucket.BucketCount;
            lower = upper;
        }
        return lower;
    }

    private static double Exponential(ExponentialHistogramData data, double rank)
    {
        if (data.ZeroCount > 0 && data.ZeroCount >= rank) return 0;
        var below = data.ZeroCount;
        var index = data.PositiveBuckets.Offset;
        var factor = Math.ScaleB(1, -data.Scale);
        foreach (var bucket in data.PositiveBuckets)
        {
            if (bucket > 0 && below + bucket >= rank) return Math.Pow(2, (index + Math.Max(0, rank - below) / bucket) * factor);
            below += bucket;
            index++;
        }
        return double.NaN;
    }
}
