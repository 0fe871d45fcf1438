namespace Observability.Prometheus.Layout;

/// <summary>How a metric's points differ from those laid out.</summary>
internal enum PointChange : byte
{
    None,
    Appended,
    Different,
}
