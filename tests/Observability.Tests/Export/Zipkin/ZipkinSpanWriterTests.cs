using System.Diagnostics;
using System.Text;
using Observability.Export.Zipkin;
using OpenTelemetry.Resources;

namespace Observability.Tests.Export.Zipkin;

/// <summary>OpenTelemetry's transformation, row by row.</summary>
public sealed class ZipkinSpanWriterTests : IDisposable
{
    private readonly ActivitySource _source = new("Shop.Orders", "1.2");
    private readonly ActivityListener _listener;
    private readonly ZipkinSpanWriter _writer = new(new Resource([new("service.name", "shop"), new("service.namespace", "eu"), new("host.name", "h")]));

    public ZipkinSpanWriterTests()
    {
        _listener = new ActivityListener { ShouldListenTo = source => source == _source, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose()
    {
        _writer.Dispose();
        _listener.Dispose();
        _source.Dispose();
    }

    [Fact]
    public void Ids_name_times_and_service_are_carried()
    {
        var parent = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);
        var start = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).AddTicks(67);
        using var activity = _source.CreateActivity("orders.place", ActivityKind.Server, parent)!;
        activity.SetStartTime(start.UtcDateTime).Start().SetEndTime(start.UtcDateTime.AddTicks(12_349)).Stop();
        var span = Written(activity);
        Assert.Equal((parent.TraceId.ToHexString(), activity.SpanId.ToHexString(), parent.SpanId.ToHexString()), (span.TraceId, span.Id, span.ParentId));
        Assert.Equal(("SERVER", "orders.place", "shop"), (span.Kind, span.Name, span.LocalEndpoint!.ServiceName));
        Assert.Equal((start.UtcTicks - DateTime.UnixEpoch.Ticks) / 10, span.Timestamp);
        Assert.Equal(1_234, span.Duration);
        Assert.Null(span.Debug);
        Assert.Null(span.Shared);
    }

    [Fact]
    public void What_is_empty_is_left_out()
    {
        using var activity = _source.StartActivity("a")!;
        activity.SetEndTime(activity.StartTimeUtc.AddTicks(3));
        activity.Stop();
        var span = Written(activity);
        Assert.Null(span.ParentId);
        Assert.Null(span.Annotations);
        Assert.Null(span.RemoteEndpoint);
        Assert.Equal(1, span.Duration);
        Assert.Equal(["otel.scope.name", "otel.scope.version", "service.namespace"], span.Tags!.Keys.Order());
        Assert.Equal(("Shop.Orders", "1.2", "eu"), (span.Tags["otel.scope.name"], span.Tags["otel.scope.version"], span.Tags["service.namespace"]));
    }

    [Theory]
    [InlineData(ActivityKind.Client, "CLIENT")]
    [InlineData(ActivityKind.Server, "SERVER")]
    [InlineData(ActivityKind.Producer, "PRODUCER")]
    [InlineData(ActivityKind.Consumer, "CONSUMER")]
    [InlineData(ActivityKind.Internal, null)]
    public void Each_kind_has_its_word(ActivityKind kind, string? word) => Assert.Equal(word, Span(_ => { }, kind).Kind);

    [Theory]
    [InlineData("text", "text")]
    [InlineData("", null)]
    [InlineData(true, "true")]
    [InlineData(42, "42")]
    [InlineData(1.5, "1.5")]
    [InlineData(new[] { "a", "b\"" }, "[\"a\",\"b\\\"\"]")]
    [InlineData(new[] { 1, 2 }, "[1,2]")]
    [InlineData(new[] { 1.5, double.NaN }, "[1.5,\"NaN\"]")]
    [InlineData(new[] { true, false }, "[true,false]")]
    public void Values_become_text(object value, string? text) => Assert.Equal(text, Span(activity => activity.SetTag("t", value)).Tags!.GetValueOrDefault("t"));

    [Fact]
    public void A_failed_status_is_an_error_with_its_description()
    {
        var tags = Span(activity => activity.SetTag("error", "false").SetStatus(ActivityStatusCode.Error, "no stock")).Tags!;
        Assert.Equal(("ERROR", "no stock"), (tags["otel.status_code"], tags["error"]));
        Assert.Equal("", Span(activity => activity.SetStatus(ActivityStatusCode.Error)).Tags!["error"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData("False")]
    public void A_span_that_did_not_fail_has_no_error(object value)
    {
        var tags = Span(activity => activity.SetTag("error", value).SetStatus(ActivityStatusCode.Ok)).Tags!;
        Assert.Equal("OK", tags["otel.status_code"]);
        Assert.DoesNotContain("error", tags.Keys);
        Assert.DoesNotContain("otel.status_code", Span(_ => { }).Tags!.Keys);
    }

    [Fact]
    public void Events_become_annotations()
    {
        var at = DateTimeOffset.UnixEpoch.AddSeconds(5);
        var span = Span(activity => activity.AddEvent(new ActivityEvent("plain", at)).AddEvent(new ActivityEvent("rich", at, new() { ["k"] = 1, ["l"] = "v" })));
        Assert.Equal([new(5_000_000, "plain"), new(5_000_000, "\"rich\": {\"k\":\"1\",\"l\":\"v\"}")], span.Annotations!);
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(0, null)]
    public void Events_beyond_the_limit_are_left_out_and_counted(int limit, int? written)
    {
        using var writer = new ZipkinSpanWriter(Resource.Empty, limit);
        using var activity = _source.StartActivity("a")!;
        for (var i = 0; i < 5; i++) activity.AddEvent(new ActivityEvent("e"));
        activity.Stop();
        Assert.True(writer.TryWrite(activity, int.MaxValue, out var json, out _));
        var span = Assert.Single(ZipkinSpan.Read($"[{Encoding.UTF8.GetString(json)}]"));
        Assert.Equal(written, span.Annotations?.Count);
        Assert.Equal((5 - limit).ToString(), span.Tags!["otel.dropped_events_count"]);
    }

    [Theory]
    [InlineData("peer.service=stock;server.address=db", "stock", null, null)]
    [InlineData("server.port=5432;server.address=db;peer.hostname=x", "db", null, 5432)]
    [InlineData("network.peer.port=80;network.peer.address=10.0.0.7", "10.0.0.7", "10.0.0.7", 80)]
    [InlineData("network.peer.address=::1", "::1", "::1", null)]
    [InlineData("db.name=orders", "orders", null, null)]
    [InlineData("server.address=5", "5", null, null)]
    public void The_best_ranked_attribute_is_the_remote_endpoint(string tags, string name, string? address, int? port)
    {
        var span = Span(
            activity =>
            {
                foreach (var tag in tags.Split(';').Select(tag => tag.Split('='))) activity.SetTag(tag[0], tag[0].EndsWith("port", StringComparison.Ordinal) ? int.Parse(tag[1]) : tag[1]);
            },
            ActivityKind.Client);
        Assert.Equal((name, address, port), (span.RemoteEndpoint!.ServiceName, span.RemoteEndpoint.Ipv4 ?? span.RemoteEndpoint.Ipv6, span.RemoteEndpoint.Port));
    }

    [Fact]
    public void Only_a_caller_has_a_remote_endpoint() =>
        Assert.Null(Span(activity => activity.SetTag("server.address", "me"), ActivityKind.Server).RemoteEndpoint);

    [Fact]
    public void A_debug_trace_stays_one() => Assert.True(Span(activity => activity.TraceStateString = "b3=d").Debug);

    [Fact]
    public void A_name_comes_once() => Assert.Equal("1", Span(activity => activity.AddTag("t", "1").AddTag("t", "2")).Tags!["t"]);

    [Fact]
    public void Text_that_is_no_Unicode_is_mended()
    {
        var span = Span(activity =>
        {
            activity.DisplayName = "n\ud800";
            activity.SetTag("k\udc00", "v\ud800\"\\\n\0").SetTag("array", new[] { "\ud800" });
            activity.AddEvent(new ActivityEvent("e\ud800", tags: new() { ["\ud800"] = "\udc00" }));
        });
        Assert.Equal("n\ufffd", span.Name);
        Assert.Equal("v\ufffd\"\\\n\0", span.Tags!["k\ufffd"]);
    }

    private ZipkinSpan Span(Action<Activity> fill, ActivityKind kind = ActivityKind.Internal)
    {
        using var activity = _source.StartActivity("a", kind)!;
        fill(activity);
        activity.Stop();
        return Written(activity);
    }

    private ZipkinSpan Written(Activity activity)
    {
        Assert.True(_writer.TryWrite(activity, int.MaxValue, out var json, out var fault), fault);
        return Assert.Single(ZipkinSpan.Read($"[{Encoding.UTF8.GetString(json)}]"));
    }
}
