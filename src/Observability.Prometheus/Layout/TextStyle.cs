namespace Observability.Prometheus.Layout;

/// <summary>What makes two text layouts of one catalogue differ.</summary>
internal readonly record struct TextStyle(bool IsOpenMetrics, bool WithCreated, bool WithExemplars, bool IsProtobuf = false, bool IsOpenMetrics2 = false)
{
    /// <summary>Whether a renderer of its own writes it, which takes no more from the layout than labels.</summary>
    public bool IsOwn => IsProtobuf || IsOpenMetrics2;
}
