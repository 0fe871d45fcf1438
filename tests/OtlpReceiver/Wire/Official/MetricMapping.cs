using Google.Protobuf.Collections;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Metrics.V1;

namespace OtlpReceiver;

internal static class MetricMapping
{
    public static IReadOnlyList<ReceivedMetric> Map(ExportMetricsServiceRequest request) =>
    [
        .. from resource in request.ResourceMetrics
           from scope in resource.ScopeMetrics
           let origin = Values.Origin(resource.Resource, scope.Scope)
           from metric in scope.Metrics
           select Map(metric, origin),
    ];

    private static ReceivedMetric Map(Metric metric, ReceivedOrigin origin)
    {
        var (kind, monotonic, temporality, points) = metric.DataCase switch
        {
            Metric.DataOneofCase.Gauge => (MetricKind.Gauge, false, AggregationTemporality.Unspecified, metric.Gauge.DataPoints.Select(Number)),
            Metric.DataOneofCase.Sum => (MetricKind.Sum, metric.Sum.IsMonotonic, metric.Sum.AggregationTemporality, metric.Sum.DataPoints.Select(Number)),
            Metric.DataOneofCase.Histogram => (MetricKind.Histogram, true, metric.Histogram.AggregationTemporality, metric.Histogram.DataPoints.Select(Histogram)),
            Metric.DataOneofCase.ExponentialHistogram => (MetricKind.ExponentialHistogram, true, metric.ExponentialHistogram.AggregationTemporality, metric.ExponentialHistogram.DataPoints.Select(Exponential)),
            Metric.DataOneofCase.Summary => (MetricKind.Summary, true, AggregationTemporality.Cumulative, metric.Summary.DataPoints.Select(Summary)),
            _ => (MetricKind.None, false, AggregationTemporality.Unspecified, Enumerable.Empty<ReceivedPoint>()),
        };
        return new(metric.Name, metric.Unit, metric.Description, kind, monotonic, temporality == AggregationTemporality.Cumulative, [.. points], origin);
    }

    private static ReceivedPoint Number(NumberDataPoint point) => new(
        Values.Attributes(point.Attributes),
        point.ValueCase == NumberDataPoint.ValueOneofCase.AsInt ? point.AsInt : point.AsDouble,
        1,
        [],
        [],
        Exemplars(point.Exemplars));

    private static ReceivedPoint Histogram(HistogramDataPoint point) =>
        new(Values.Attributes(point.Attributes), point.Sum, point.Count, [.. point.ExplicitBounds], [.. point.BucketCounts], Exemplars(point.Exemplars));

    private static ReceivedPoint Exponential(ExponentialHistogramDataPoint point) =>
        new(Values.Attributes(point.Attributes), point.Sum, point.Count, [], [.. point.Positive?.BucketCounts ?? []], Exemplars(point.Exemplars));

    private static ReceivedPoint Summary(SummaryDataPoint point) =>
        new(Values.Attributes(point.Attributes), point.Sum, point.Count, [.. point.QuantileValues.Select(quantile => quantile.Value)], [], []);

    private static IReadOnlyList<ReceivedExemplar> Exemplars(RepeatedField<Exemplar> exemplars) =>
    [
        .. exemplars.Select(exemplar => new ReceivedExemplar(
            Values.Hex(exemplar.TraceId),
            Values.Hex(exemplar.SpanId),
            exemplar.ValueCase == Exemplar.ValueOneofCase.AsInt ? exemplar.AsInt : exemplar.AsDouble)),
    ];
}
