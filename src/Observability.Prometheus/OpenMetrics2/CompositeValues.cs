using OpenTelemetry.Metrics;
using Observability.Prometheus.Catalog;
using Observability.Prometheus.Layout;
using Observability.Prometheus.Naming;
using Observability.Prometheus.Rendering;

namespace Observability.Prometheus.OpenMetrics2;

/// <summary>Histograms and summaries as composite values: <c>{count:2,sum:1.5,bucket:[1.0:1,+Inf:2]}</c>.</summary>
internal sealed class CompositeValues
{
    private readonly NativeBuckets _native = new();
    private double[] _bounds = [];
    private string[] _boundTexts = [];

    public void Write(TextBuffer text, SourceLayout source, in MetricPoint point)
    {
        text.Add("{count:"u8);
        text.Add(point.GetHistogramCount());
        text.Add(",sum:"u8);
        text.Add(point.GetHistogramSum());
        var kind = source.Source.Kind;
        if (kind == SeriesKind.Histogram) Classic(text, source.Lines.Bounds, in point);
        else if (kind != SeriesKind.ExponentialHistogram) Quantiles(text, source.Lines.Bounds, kind, in point);
        else if (point.GetExponentialHistogramData().Scale >= NativeBuckets.LowestSchema) Native(text, in point);
        else Powers(text, source.Lines, in point);
        text.Add("}"u8);
    }

    private void Classic(TextBuffer text, double[] bounds, in MetricPoint point)
    {
        text.Add(",bucket:["u8);
        var (index, total) = (0, 0L);
        foreach (var bucket in point.GetHistogramBuckets()) Pair(text, bounds, index++, total += bucket.BucketCount);
        if (index == 0) Pair(text, bounds, 0, point.GetHistogramCount());
        text.Add("]"u8);
    }

    /// <summary>Buckets wider than any native schema allows: the powers of two of the other text formats.</summary>
    private void Powers(TextBuffer text, LineTemplates lines, in MetricPoint point)
    {
        text.Add(",bucket:["u8);
        var data = point.GetExponentialHistogramData();
        for (var step = 0; step < lines.Bounds.Length; step++)
        {
            var count = step == lines.Bounds.Length - 1 ? point.GetHistogramCount() : data.ZeroCount + (step == 0 ? 0 : Below(data, lines.LowestPower + (step - 1) * lines.PowerStep));
            Pair(text, lines.Bounds, step, count);
        }
        text.Add("]"u8);
    }

    private static long Below(ExponentialHistogramData data, int power)
    {
        var (index, total) = (data.PositiveBuckets.Offset, 0L);
        foreach (var bucket in data.PositiveBuckets)
        {
            if (ExponentialRange.UpperPower(index++, data.Scale) <= power) total += bucket;
        }
        return total;
    }

    private void Native(TextBuffer text, in MetricPoint point)
    {
        var data = point.GetExponentialHistogramData();
        _native.Read(data);
        text.Add(",schema:"u8);
        text.Add((long)_native.Schema);
        text.Add(",zero_threshold:0,zero_count:"u8);
        text.Add(data.ZeroCount);
        if (_native.Spans.IsEmpty) return;
        text.Add(",positive_spans:["u8);
        for (var i = 0; i < _native.Spans.Length; i++)
        {
            if (i > 0) text.Add(","u8);
            text.Add((long)_native.Spans[i].Offset);
            text.Add(":"u8);
            text.Add((long)_native.Spans[i].Length);
        }
        text.Add("],positive_buckets:["u8);
        for (var i = 0; i < _native.Counts.Length; i++)
        {
            if (i > 0) text.Add(","u8);
            text.Add(_native.Counts[i]);
        }
        text.Add("]"u8);
    }

    private void Quantiles(TextBuffer text, double[] quantiles, SeriesKind kind, in MetricPoint point)
    {
        text.Add(",quantile:["u8);
        for (var i = 0; i < quantiles.Length; i++)
        {
            Key(text, quantiles, i);
            text.Add(QuantileEstimator.Estimate(in point, kind == SeriesKind.ExponentialSummary, quantiles[i]));
        }
        text.Add("]"u8);
    }

    private void Pair(TextBuffer text, double[] bounds, int index, long count)
    {
        Key(text, bounds, index);
        text.Add(count);
    }

    private void Key(TextBuffer text, double[] keys, int index)
    {
        // The bounds of a source are the same array from point to point.
        if (!ReferenceEquals(keys, _bounds)) (_bounds, _boundTexts) = (keys, [.. keys.Select(CanonicalNumber.Text)]);
        if (index > 0) text.Add(","u8);
        text.Add(_boundTexts[index]);
        text.Add(":"u8);
    }
}
