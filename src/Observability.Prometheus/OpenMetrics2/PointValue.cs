using OpenTelemetry.Metrics;
using Observability.Prometheus.Catalog;

namespace Observability.Prometheus.OpenMetrics2;

/// <summary>A point's number: its value, or a distribution's sum.</summary>
internal static class PointValue
{
    public static bool IsLong(SeriesKind kind) => kind is SeriesKind.LongCounter or SeriesKind.LongUpDownCounter or SeriesKind.LongGauge;

    public static long Integer(SeriesKind kind, in MetricPoint point) =>
        kind == SeriesKind.LongGauge ? point.GetGaugeLastValueLong() : point.GetSumLong();

    public static double Of(SeriesKind kind, in MetricPoint point) => kind switch
    {
        SeriesKind.LongCounter or SeriesKind.LongUpDownCounter or SeriesKind.LongGauge => Integer(kind, in point),
        SeriesKind.DoubleCounter or SeriesKind.DoubleUpDownCounter => point.GetSumDouble(),
        SeriesKind.DoubleGauge => point.GetGaugeLastValueDouble(),
        _ => point.GetHistogramSum(),
    };
}
