using OpenTelemetry.Metrics;
using Observability.Prometheus.Catalog;

namespace Observability.Prometheus.Layout;

/// <summary>
/// Text formats have no native histograms. Powers of two are boundaries of every exponential histogram whose scale is not
/// negative, so buckets between them are exact and, unlike the histogram's own, stay the same when its scale changes.
/// </summary>
internal static class ExponentialRange
{
    private const int SmallestPower = -1074;
    private const int InfinitePower = 1024;

    /// <summary>Widens the source's range to hold every point.</summary>
    public static void Widen(SeriesSource source)
    {
        var marks = source.Marks;
        var (low, high, step) = (marks.LowestPower, marks.HighestPower, marks.PowerStep);
        foreach (ref readonly var point in source.Metric.GetMetricPoints())
        {
            var data = point.GetExponentialHistogramData();
            if (data.Scale < 0) step = Math.Max(step, 1 << Math.Min(-data.Scale, 11));
            var (first, last) = Powers(data);
            low = Math.Min(low, first);
            high = Math.Max(high, last);
        }
        if (low <= high) (low, high) = Representable(FloorTo(low, step), -FloorTo(-high, step), step);
        (marks.LowestPower, marks.HighestPower, marks.PowerStep) = (low, high, step);
    }

    /// <summary>The power of two at or above the upper boundary of a bucket.</summary>
    public static int UpperPower(int index, int scale) =>
        // Bucket i ends at 2^((i+1) / 2^scale).
        scale >= 0 ? (int)-FloorShift(-((long)index + 1), scale) : checked((index + 1) << -scale);

    /// <summary>Powers below the smallest number would all read 0, those above the largest all +Inf: one bound twice.</summary>
    private static (int Low, int High) Representable(int low, int high, int step)
    {
        while (low < SmallestPower) low += step;
        while (high - step >= InfinitePower) high -= step;
        return (low, Math.Max(low, high));
    }

    private static (int First, int Last) Powers(ExponentialHistogramData data)
    {
        var (first, last) = (int.MaxValue, int.MinValue);
        var index = data.PositiveBuckets.Offset;
        foreach (var count in data.PositiveBuckets)
        {
            if (count > 0)
            {
                var power = UpperPower(index, data.Scale);
                first = Math.Min(first, power);
                last = Math.Max(last, power);
            }
            index++;
        }
        return (first, last);
    }

    private static long FloorShift(long value, int shift) => value >> shift;

    private static int FloorTo(int value, int step) => (int)Math.Floor((double)value / step) * step;
}
