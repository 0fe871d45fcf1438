using OpenTelemetry.Metrics;
using Observability.Prometheus.Catalog;
using Observability.Prometheus.Layout;
using Observability.Prometheus.Rendering;

namespace Observability.Prometheus.Protobuf;

/// <summary>The messages <c>Histogram</c> and <c>Summary</c>, and exemplars.</summary>
internal sealed class DistributionMessages(bool withExemplars)
{
    private const int MostExemplars = 10;
    private readonly MessageBuffer _inner = new();
    private readonly ExemplarMessage _exemplar = new();
    private readonly NativeHistogram _native = new();

    public void Write(MessageBuffer message, SourceLayout source, in MetricPoint point)
    {
        message.Unsigned(1, (ulong)point.GetHistogramCount());
        message.Double(2, point.GetHistogramSum());
        switch (source.Source.Kind)
        {
            case SeriesKind.Histogram:
                Buckets(message, in point);
                break;
            case SeriesKind.ExponentialHistogram:
                Exponential(message, source.Lines, in point);
                break;
            default:
                foreach (var quantile in source.Lines.Bounds) Quantile(message, source.Source.Kind == SeriesKind.ExponentialSummary, quantile, in point);
                break;
        }
    }

    public void LatestExemplar(MessageBuffer message, int field, in MetricPoint point, bool isLong)
    {
        if (!point.TryGetExemplars(out var exemplars)) return;
        var latest = default(DateTimeOffset);
        foreach (ref readonly var exemplar in exemplars) latest = exemplar.Timestamp > latest ? exemplar.Timestamp : latest;
        foreach (ref readonly var exemplar in exemplars)
        {
            if (latest == default || exemplar.Timestamp != latest) continue;
            message.Bytes(field, _exemplar.Write(in exemplar, isLong ? exemplar.LongValue : exemplar.DoubleValue));
            return;
        }
    }

    private void Buckets(MessageBuffer message, in MetricPoint point)
    {
        var (total, below) = (0L, double.NegativeInfinity);
        foreach (var bucket in point.GetHistogramBuckets())
        {
            total += bucket.BucketCount;
            Bucket(total, bucket.ExplicitBound);
            BucketExemplar(in point, below, bucket.ExplicitBound);
            message.Bytes(3, _inner.Span);
            below = bucket.ExplicitBound;
        }
        if (!double.IsNegativeInfinity(below)) return;
        Bucket(point.GetHistogramCount(), double.PositiveInfinity);
        message.Bytes(3, _inner.Span);
    }

    private void Bucket(long count, double bound)
    {
        _inner.Clear();
        _inner.Unsigned(1, (ulong)count);
        _inner.Double(2, bound);
    }

    private void BucketExemplar(in MetricPoint point, double below, double bound)
    {
        if (!withExemplars || !point.TryGetExemplars(out var exemplars)) return;
        foreach (ref readonly var exemplar in exemplars)
        {
            if (!(exemplar.DoubleValue > below) || exemplar.DoubleValue > bound) continue;
            _inner.Bytes(3, _exemplar.Write(in exemplar, exemplar.DoubleValue));
            return;
        }
    }

    private void Exponential(MessageBuffer message, LineTemplates lines, in MetricPoint point)
    {
        var data = point.GetExponentialHistogramData();
        if (data.Scale < NativeBuckets.LowestSchema)
        {
            Powers(message, lines, data, in point);
            return;
        }
        _native.Write(message, data);
        if (!withExemplars || !point.TryGetExemplars(out var exemplars)) return;
        var written = 0;
        foreach (ref readonly var exemplar in exemplars)
        {
            if (written++ < MostExemplars) message.Bytes(16, _exemplar.Write(in exemplar, exemplar.DoubleValue));
        }
    }

    /// <summary>Buckets wider than any native schema allows: the classic ones of the text formats.</summary>
    private void Powers(MessageBuffer message, LineTemplates lines, ExponentialHistogramData data, in MetricPoint point)
    {
        for (var step = 0; step < lines.Bounds.Length; step++)
        {
            var count = point.GetHistogramCount();
            if (step < lines.Bounds.Length - 1)
            {
                count = data.ZeroCount;
                var index = data.PositiveBuckets.Offset;
                foreach (var bucket in data.PositiveBuckets)
                {
                    if (step > 0 && ExponentialRange.UpperPower(index++, data.Scale) <= lines.LowestPower + (step - 1) * lines.PowerStep) count += bucket;
                }
            }
            Bucket(count, lines.Bounds[step]);
            message.Bytes(3, _inner.Span);
        }
    }

    private void Quantile(MessageBuffer message, bool isExponential, double quantile, in MetricPoint point)
    {
        _inner.Clear();
        _inner.Double(1, quantile);
        _inner.Double(2, QuantileEstimator.Estimate(in point, isExponential, quantile));
        message.Bytes(3, _inner.Span);
    }
}
