using System.Runtime.InteropServices;
using OpenTelemetry.Metrics;

namespace Observability.Prometheus.Layout;

/// <summary>
/// An exponential histogram as the sparse buckets of a native one (https://prometheus.io/docs/specs/native_histograms/). The
/// schema is the scale, at most 8: finer buckets are merged, which is exact. Used again for the next histogram.
/// </summary>
internal sealed class NativeBuckets
{
    public const int LowestSchema = -4;
    private const int HighestSchema = 8;

    /// <summary>A span costs about as much as two empty buckets.</summary>
    private const int LongestGap = 2;

    private readonly List<(int Offset, int Length)> _spans = [];
    private readonly List<long> _counts = [];
    private int _next;

    public int Schema { get; private set; }

    /// <summary>Runs of buckets: how many indices are left out before each, the first counted from 0, and how many buckets it has.</summary>
    public ReadOnlySpan<(int Offset, int Length)> Spans => CollectionsMarshal.AsSpan(_spans);

    /// <summary>The counts of all spans' buckets, one after the other.</summary>
    public ReadOnlySpan<long> Counts => CollectionsMarshal.AsSpan(_counts);

    public void Read(ExponentialHistogramData data)
    {
        Schema = Math.Min(data.Scale, HighestSchema);
        _spans.Clear();
        _counts.Clear();
        _next = 0;
        var shift = data.Scale - Schema;
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
    }

    private void Add(int index, long count)
    {
        var gap = index - _next;
        if (_spans.Count == 0 || gap > LongestGap)
        {
            _spans.Add((gap, 0));
            gap = 0;
        }
        for (; gap > 0; gap--) Bucket(0);
        Bucket(count);
        _next = index + 1;
    }

    private void Bucket(long count)
    {
        _counts.Add(count);
        _spans[^1] = (_spans[^1].Offset, _spans[^1].Length + 1);
    }
}
