using System.Runtime.CompilerServices;
using OpenTelemetry.Metrics;
using Observability.Prometheus.Catalog;

namespace Observability.Prometheus.Rendering;

/// <summary>Tells whether a point's lines are the ones last written: its value, or how often a distribution was recorded to.</summary>
internal static class PointKey
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Of(SeriesKind kind, bool hasExemplars, in MetricPoint point)
    {
        var key = kind switch
        {
            SeriesKind.LongCounter or SeriesKind.LongUpDownCounter => point.GetSumLong(),
            SeriesKind.LongGauge => point.GetGaugeLastValueLong(),
            SeriesKind.DoubleCounter or SeriesKind.DoubleUpDownCounter => BitConverter.DoubleToInt64Bits(point.GetSumDouble()),
            SeriesKind.DoubleGauge => BitConverter.DoubleToInt64Bits(point.GetGaugeLastValueDouble()),
            // Whatever is recorded is counted, exemplars too.
            _ => point.GetHistogramCount(),
        };
        return hasExemplars && kind < SeriesKind.Histogram && point.TryGetExemplars(out var exemplars) ? WithExemplars(key, exemplars) : key;
    }

    /// <summary>Each exemplar that replaces another was taken later.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long WithExemplars(long key, ReadOnlyExemplarCollection exemplars)
    {
        foreach (ref readonly var exemplar in exemplars)
            key = ((key ^ exemplar.Timestamp.UtcTicks) * -7046029254386353131L) ^ (long)((ulong)key >> 29) ^ exemplar.SpanId.GetHashCode();
        return key;
    }
}
