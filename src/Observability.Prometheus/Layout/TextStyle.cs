namespace Observability.Prometheus.Layout;

/// <summary>What makes two text layouts of one catalogue differ.</summary>
internal readonly record struct TextStyle(bool IsOpenMetrics, bool WithCreated, bool WithExemplars, bool IsProtobuf = false);
