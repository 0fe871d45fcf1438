using OpenTelemetry.Metrics;

namespace Observability.Prometheus.Rendering;

/// <summary>
/// Deals a point's exemplars out to its buckets, one each. The SDK keeps them in the order of the buckets; one that a custom
/// reservoir keeps out of order is passed over.
/// </summary>
internal ref struct BucketExemplars
{
    private ReadOnlyExemplarCollection.Enumerator _exemplars;
    private double _below;

    public BucketExemplars(bool wanted, in MetricPoint point)
    {
        _below = double.NegativeInfinity;
        if (!wanted || !point.TryGetExemplars(out var exemplars)) return;
        _exemplars = exemplars.GetEnumerator();
        Any = _exemplars.MoveNext();
    }

    /// <summary>Whether exemplars are left.</summary>
    public bool Any { get; private set; }

    /// <summary>Writes the exemplar of the bucket that ends here, if it has one.</summary>
    public void Write<TSink>(double bound, ref TSink sink)
        where TSink : struct, ILineSink
    {
        var written = false;
        while (Any)
        {
            ref readonly var exemplar = ref _exemplars.Current;
            var value = exemplar.DoubleValue;
            if (value > bound || double.IsNaN(value) && !double.IsPositiveInfinity(bound)) break;
            if (!written && value > _below)
            {
                sink.Exemplar(in exemplar, value);
                written = true;
            }
            Any = _exemplars.MoveNext();
        }
        _below = bound;
    }
}
