namespace Observability.Prometheus.Catalog;

/// <summary>How a metric's points are read and written.</summary>
internal enum SeriesKind : byte
{
    LongCounter,
    DoubleCounter,
    LongUpDownCounter,
    DoubleUpDownCounter,
    LongGauge,
    DoubleGauge,
    Histogram,
    ExponentialHistogram,

    /// <summary>A histogram that the options ask to expose as a summary.</summary>
    Summary,
    ExponentialSummary,
}
