using System.Diagnostics;
using System.Diagnostics.Metrics;
using Observability.Export.Console;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Observability.Tests.Export.Console;

public sealed class ConsoleExporterTests : IDisposable
{
    private static readonly DateTime Start = new(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc);
    private readonly ActivitySource _source = new("Console.Tests." + Guid.NewGuid());
    private readonly ActivityListener _listener;
    private readonly StringWriter _written = new() { NewLine = "\n" };

    public ConsoleExporterTests()
    {
        _listener = new ActivityListener { ShouldListenTo = source => source == _source, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _source.Dispose();
        _written.Dispose();
    }

    [Fact]
    public void A_trace_is_an_indented_tree_with_its_failure()
    {
        var root = Span("GET /orders", ActivityKind.Server, null, 0, 12.5).SetTag("http.response.status_code", 500);
        var query = Span("SELECT orders", ActivityKind.Client, root, 2, 4).SetTag("db.system.name", "sqlite");
        var inner = Span("retry", ActivityKind.Internal, root, 7, 1500).SetStatus(ActivityStatusCode.Error, "no\nstock");
        inner.AddEvent(new ActivityEvent("exception"));
        Assert.Equal(ExportResult.Success, Export(inner, query, root));
        Assert.Equal(
            $"""
            03:04:05.678 trace {root.TraceId}
              GET /orders  12.5 ms  server  http.response.status_code=500
                SELECT orders  4 ms  client  db.system.name=sqlite
                retry  1.5 s  failed: no stock  ! exception

            """,
            _written.ToString());
    }

    [Fact]
    public void A_span_whose_parent_is_elsewhere_stands_at_the_left()
    {
        var parent = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);
        using var span = _source.StartActivity("consume", ActivityKind.Consumer, parent)!;
        Export(span);
        Assert.Contains("\n  consume", _written.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Values_are_short_and_on_one_line()
    {
        var span = Span("a\e[2J\nb", ActivityKind.Internal, null, 0, 1).SetTag("big", new string('x', 1_000_000)).SetTag("bad", new Throwing()).SetTag("list", new[] { 1, 2 });
        for (var i = 0; i < 200; i++) span.SetTag("k" + i, i);
        Export(span);
        var lines = _written.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.InRange(lines[1].Length, 100, 1_000);
        Assert.DoesNotContain('\e', lines[1]);
        Assert.Contains("bad=?  list=[1, 2]", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("… 191 more", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_huge_batch_is_bounded_and_says_so()
    {
        Export([.. Enumerable.Range(0, 700).Select(i => Span("s", ActivityKind.Internal, null, i, 1))]);
        Assert.Equal(500, _written.ToString().Split("  s  ").Length - 1);
        Assert.EndsWith("… and 200 more spans\n", _written.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, null, true)]
    [InlineData(true, "1", false)]
    [InlineData(false, null, false)]
    public void Only_a_terminal_is_coloured(bool terminal, string? noColor, bool coloured) =>
        Assert.Equal(coloured, ConsoleStyle.Of(terminal, _ => noColor).Failed("x").Contains('\e', StringComparison.Ordinal));

    [Fact]
    public void A_writer_that_fails_is_a_failed_export()
    {
        _written.Dispose();
        Assert.Equal(ExportResult.Failure, Export(Span("a", ActivityKind.Internal, null, 0, 1)));
    }

    [Fact]
    public void Each_metric_point_is_one_line()
    {
        using var meter = new Meter("Console.Tests." + Guid.NewGuid());
        using var reader = new BaseExportingMetricReader(new ConsoleMetricExporter(_written, new ConsoleStyle(false)));
        using var provider = Sdk.CreateMeterProviderBuilder().AddMeter(meter.Name).AddReader(reader).Build();
        meter.CreateCounter<long>("orders", "{order}").Add(3, new KeyValuePair<string, object?>("region", "eu"));
        meter.CreateHistogram<double>("duration", "s").Record(0.5);
        meter.CreateObservableGauge("load", () => 0.25, "1");
        provider.ForceFlush();
        Assert.Equal(
            """
            orders{region=eu} 3 order
            duration count=1 avg=0.5 min=0.5 max=0.5 s
            load 0.25

            """,
            _written.ToString());
    }

    [Fact]
    public void Many_metric_points_are_bounded_and_it_is_said()
    {
        using var meter = new Meter("Console.Tests." + Guid.NewGuid());
        using var reader = new BaseExportingMetricReader(new ConsoleMetricExporter(_written, new ConsoleStyle(false)));
        using var provider = Sdk.CreateMeterProviderBuilder().AddMeter(meter.Name).AddReader(reader).Build();
        var counter = meter.CreateCounter<long>("orders");
        for (var i = 0; i < 250; i++) counter.Add(1, new KeyValuePair<string, object?>("id", i));
        provider.ForceFlush();
        Assert.EndsWith("… and 50 more metric points\n", _written.ToString(), StringComparison.Ordinal);
    }

    private ExportResult Export(params Activity[] spans)
    {
        using var exporter = new ConsoleSpanExporter(_written, new ConsoleStyle(false));
        return exporter.Export(new Batch<Activity>(spans, spans.Length));
    }

    private Activity Span(string name, ActivityKind kind, Activity? parent, double after, double milliseconds)
    {
        var span = _source.StartActivity(name, kind, parent?.Context ?? default, startTime: Start.AddMilliseconds(after))!;
        span.SetEndTime(Start.AddMilliseconds(after + milliseconds));
        Activity.Current = null;
        return span;
    }

    private sealed class Throwing
    {
        public override string ToString() => throw new InvalidOperationException("no text");
    }
}
