using OpenTelemetry.Metrics;

namespace Observability.Prometheus.Protobuf;

/// <summary>
/// An exponential histogram as the sparse buckets of a native one (https://prometheus.io/docs/specs/native_histograms/). The
/// schema is the scale, at most 8: finer buckets are merged, which is exact.
/// </summary>
internal sealed class NativeHistogram
{
    public const int LowestSchema = -4;
    private const int HighestSchema = 8;

    /// <summary>A span costs about as much as two empty buckets.</summary>
    private const int LongestGap = 2;

    private readonly MessageBuffer _span = new();
    private readonly MessageBuffer _spans = new();
    private readonly MessageBuffer _deltas = new();
    private long _previous;
    private int _next;
    private int _spanOffset;
    private int _spanLength;

    public void Write(MessageBuffer histogram, ExponentialHistogramData data)
    {
        var schema = Math.Min(data.Scale, HighestSchema);
        Collect(data, data.Scale - schema);
        histogram.Signed(5, schema);
        histogram.Double(6, 0);
        histogram.Unsigned(7, (ulong)data.ZeroCount);
        histogram.Raw(_spans.Span);
        if (_deltas.Length > 0) histogram.Bytes(13, _deltas.Span);
    }

    private void Collect(ExponentialHistogramData data, int shift)
    {
        _spans.Clear();
        _deltas.Clear();
        (_previous, _next, _spanLength, _spanOffset) = (0, 0, 0, 0);
        var (index, merged, count) = (data.PositiveBuckets.Offset, int.MinValue, 0L);
        foreach (var bucket in data.PositiveBuckets)
        {
            // Ours ends at the power after its index, Prometheus' at the power of its index.
            var target = (index++ >> shift) + 1;
            if (bucket == 0) continue;
            if (target != merged && count > 0) Add(merged, count);
            count = target == merged ? count + bucket : bucket;
            merged = target;
        }
        if (count > 0) Add(merged, count);
        // A span without buckets tells the server that this is a native histogram even while it is empty.
        if (_spanLength > 0 || _spans.Length == 0) EndSpan();
    }

    private void Add(int index, long count)
    {
        var gap = index - _next;
        if (_spanLength > 0 && gap <= LongestGap)
        {
            for (; gap > 0; gap--) Bucket(0);
        }
        else
        {
            if (_spanLength > 0) EndSpan();
            _spanOffset = gap;
        }
        Bucket(count);
        _next = index + 1;
    }

    private void Bucket(long count)
    {
        _deltas.ZigZag(count - _previous);
        _previous = count;
        _spanLength++;
    }

    private void EndSpan()
    {
        _span.Clear();
        _span.Signed(1, _spanOffset);
        _span.Unsigned(2, (ulong)_spanLength);
        _spans.Bytes(12, _span.Span);
        _spanLength = 0;
    }
}
