namespace Observability.Prometheus.Catalog;

/// <summary>Prometheus' types, in the order in which they may claim a name that two families want.</summary>
internal enum FamilyKind : byte
{
    Histogram,
    Summary,
    Counter,
    Gauge,
}
