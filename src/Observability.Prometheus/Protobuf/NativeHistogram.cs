using OpenTelemetry.Metrics;
using Observability.Prometheus.Layout;

namespace Observability.Prometheus.Protobuf;

/// <summary>An exponential histogram as the fields of a native one.</summary>
internal sealed class NativeHistogram
{
    private readonly NativeBuckets _buckets = new();
    private readonly MessageBuffer _span = new();
    private readonly MessageBuffer _deltas = new();

    public void Write(MessageBuffer histogram, ExponentialHistogramData data)
    {
        _buckets.Read(data);
        histogram.Signed(5, _buckets.Schema);
        histogram.Double(6, 0);
        histogram.Unsigned(7, (ulong)data.ZeroCount);
        foreach (var (offset, length) in _buckets.Spans) Span(histogram, offset, length);
        // A span without buckets tells the server that this is a native histogram even while it is empty.
        if (_buckets.Spans.IsEmpty) Span(histogram, 0, 0);
        _deltas.Clear();
        var previous = 0L;
        foreach (var count in _buckets.Counts)
        {
            _deltas.ZigZag(count - previous);
            previous = count;
        }
        if (_deltas.Length > 0) histogram.Bytes(13, _deltas.Span);
    }

    private void Span(MessageBuffer histogram, int offset, int length)
    {
        _span.Clear();
        _span.Signed(1, offset);
        _span.Unsigned(2, (ulong)length);
        histogram.Bytes(12, _span.Span);
    }
}
