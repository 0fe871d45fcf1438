using System.Runtime.CompilerServices;
using OpenTelemetry.Metrics;
using Observability.Prometheus.Catalog;

namespace Observability.Prometheus.Rendering;

/// <summary>Tells whether a point's lines are the ones last written: its value, or how often a distribution was recorded to.</summary>
internal static class PointKey
{
    /// <param name="kind">What the point is.</param>
    /// <param name="hasExemplars">Whether its lines may have exemplars.</param>
    /// <param name="point">The point.</param>
    /// <param name="isValue">Whether the key is all that its line shows: an integer, or a double's bits.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Of(SeriesKind kind, bool hasExemplars, in MetricPoint point, out bool isValue)
    {
        isValue = true;
        switch (kind)
        {
            case SeriesKind.LongCounter:
                return hasExemplars && point.TryGetExemplars(out var longs) ? WithExemplars(point.GetSumLong(), longs, out isValue) : point.GetSumLong();
            case SeriesKind.DoubleCounter:
                var bits = BitConverter.DoubleToInt64Bits(point.GetSumDouble());
                return hasExemplars && point.TryGetExemplars(out var doubles) ? WithExemplars(bits, doubles, out isValue) : bits;
            case SeriesKind.LongUpDownCounter:
                return point.GetSumLong();
            case SeriesKind.DoubleUpDownCounter:
                return BitConverter.DoubleToInt64Bits(point.GetSumDouble());
            case SeriesKind.LongGauge:
                return point.GetGaugeLastValueLong();
            case SeriesKind.DoubleGauge:
                return BitConverter.DoubleToInt64Bits(point.GetGaugeLastValueDouble());
            default:
                // Whatever is recorded is counted, exemplars too.
                isValue = false;
                return point.GetHistogramCount();
        }
    }

    /// <summary>Each exemplar that replaces another was taken later.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long WithExemplars(long key, ReadOnlyExemplarCollection exemplars, out bool isValue)
    {
        isValue = true;
        foreach (ref readonly var exemplar in exemplars)
        {
            isValue = false;
            key = ((key ^ exemplar.Timestamp.UtcTicks) * -7046029254386353131L) ^ (long)((ulong)key >> 29) ^ exemplar.SpanId.GetHashCode();
        }
        return key;
    }
}
