namespace OtlpReceiver.Tests;

/// <summary>What the OpenTelemetry SDK sends arrives with its ids, values and parents.</summary>
public class ReceptionTests
{
    [SkippableTheory]
    [InlineData(OtlpProtocol.Grpc)]
    [InlineData(OtlpProtocol.HttpProtobuf)]
    public async Task Spans_arrive_with_parents_attributes_events_and_status(OtlpProtocol protocol)
    {
        await using var receiver = await Receiver.Start();
        using var sdk = new ExportingSdk(receiver.For(protocol).Endpoint, protocol);
        var (parent, child) = sdk.Work("outer");

        var root = await receiver.WaitForSpan(span => span.Name == "outer");
        var inner = await receiver.WaitForSpan(span => span.Name == "inner");

        Assert.Equal((parent.TraceId.ToHexString(), parent.SpanId.ToHexString(), "", "Server"), (root.TraceId, root.SpanId, root.ParentSpanId, root.Kind));
        Assert.Equal((root.TraceId, child.SpanId.ToHexString(), root.SpanId, "Client"), (inner.TraceId, inner.SpanId, inner.ParentSpanId, inner.Kind));
        Assert.Equal(("Grüße", 42L, true, 0.5), (inner["text"], inner["number"], inner["flag"], inner["ratio"]));
        Assert.Equal(new object[] { "a", "b" }, inner["list"]);
        Assert.Equal(("Error", "went wrong"), (inner.Status, inner.StatusMessage));
        Assert.Equal("because", Assert.Single(inner.Events).Attributes["why"]);
        Assert.Equal(child.Duration, inner.Duration);
        Assert.Equal(("exporting-sdk", sdk.Name), (inner.Origin.Service, inner.Origin.Scope));
        Assert.All(receiver.Requests, request => Assert.Equal(protocol, request.Protocol));
        Assert.Empty(receiver.Violations);
    }

    [SkippableTheory]
    [InlineData(OtlpProtocol.Grpc)]
    [InlineData(OtlpProtocol.HttpProtobuf)]
    public async Task Metrics_arrive_with_buckets_and_the_exemplar_of_the_current_span(OtlpProtocol protocol)
    {
        await using var receiver = await Receiver.Start();
        using var sdk = new ExportingSdk(receiver.For(protocol).Endpoint, protocol);
        var (_, child) = sdk.Work("outer");
        Assert.True(sdk.FlushMetrics());

        var metric = await receiver.WaitForMetric(metric => metric.Name == "work.duration");
        var point = Assert.Single(metric.Points);

        Assert.Equal((MetricKind.Histogram, "s", true), (metric.Kind, metric.Unit, metric.IsCumulative));
        Assert.Equal((1UL, 0.25, "outer"), (point.Count, point.Value, point.Attributes["kind"]));
        Assert.Equal(1UL, point.Buckets.Aggregate((sum, bucket) => sum + bucket));
        Assert.Equal(point.Bounds.Count + 1, point.Buckets.Count);
        Assert.Equal((child.TraceId.ToHexString(), child.SpanId.ToHexString(), 0.25), Assert.Single(point.Exemplars) is var e ? (e.TraceId, e.SpanId, e.Value) : default);
    }

    [SkippableTheory]
    [InlineData(OtlpProtocol.Grpc)]
    [InlineData(OtlpProtocol.HttpProtobuf)]
    public async Task Log_records_arrive_with_the_current_span(OtlpProtocol protocol)
    {
        await using var receiver = await Receiver.Start();
        using var sdk = new ExportingSdk(receiver.For(protocol).Endpoint, protocol);
        var (_, child) = sdk.Work("outer");

        var log = await receiver.WaitForLog(log => log["Label"] is "outer");

        Assert.Equal((child.TraceId.ToHexString(), child.SpanId.ToHexString()), (log.TraceId, log.SpanId));
        Assert.Equal(("Category", "Warning", 13), (log.Origin.Scope, log.SeverityText, log.Severity));
    }

    [SkippableTheory]
    [InlineData(OtlpProtocol.Grpc)]
    [InlineData(OtlpProtocol.HttpProtobuf)]
    public async Task Gzip_is_understood_and_noted(OtlpProtocol protocol)
    {
        await using var receiver = await Receiver.Start();
        using var sdk = new ExportingSdk(receiver.For(protocol).Endpoint, protocol, options => options.Compression = OpenTelemetry.Exporter.OtlpExportCompression.GZip);
        sdk.Work("outer");

        await receiver.WaitForSpan(span => span.Name == "outer");

        Assert.All(receiver.Requests, request => Assert.True(request.IsCompressed));
    }
}
