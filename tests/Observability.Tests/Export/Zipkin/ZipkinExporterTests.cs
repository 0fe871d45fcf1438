using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Observability.Export.Zipkin;
using OpenTelemetry;

namespace Observability.Tests.Export.Zipkin;

/// <summary>Against a real HTTP server.</summary>
public sealed class ZipkinExporterTests : IAsyncLifetime, IDisposable
{
    private readonly ActivitySource _source = new("Zipkin.Tests", "1.2");
    private readonly List<string> _faults = [];
    private ActivityListener? _listener;
    private ZipkinServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await ZipkinServer.Start();
        _listener = new ActivityListener { ShouldListenTo = source => source == _source, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded };
        ActivitySource.AddActivityListener(_listener);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose()
    {
        _listener?.Dispose();
        _source.Dispose();
    }

    [Fact]
    public void A_batch_is_posted_as_one_JSON_array()
    {
        using var exporter = Exporter();
        Assert.Equal(ExportResult.Success, Export(exporter, Span("a"), Span("b")));
        Assert.Equal(["a", "b"], ZipkinSpan.Read(Assert.Single(_server.Bodies)).Select(span => span.Name));
        Assert.Equal("application/json", Assert.Single(_server.Headers).ContentType);
    }

    [Fact]
    public void The_exporter_makes_no_spans_and_sends_no_trace_headers()
    {
        var heard = new List<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.Contains("System.Net", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        var port = _server.Endpoint.Port;
        listener.ActivityStopped = activity =>
        {
            if (activity.GetTagItem("server.port") is int seen && seen == port) heard.Add(activity.OperationName);
        };
        ActivitySource.AddActivityListener(listener);
        using var ambient = new Activity("ambient").Start();
        using var exporter = Exporter();
        Assert.Equal(ExportResult.Success, Export(exporter, Span("a")));
        Assert.DoesNotContain("HttpRequestOut", string.Join(',', heard), StringComparison.Ordinal);
        Assert.DoesNotContain("traceparent", Assert.Single(_server.Headers).Keys);
    }

    [Fact]
    public void A_batch_beyond_the_bound_goes_out_in_several_requests()
    {
        using var exporter = Exporter();
        var spans = Enumerable.Range(0, 10).Select(i => Span("s" + i, activity => activity.SetTag("v", new string('x', 1_000_000)))).ToArray();
        Assert.Equal(ExportResult.Success, Export(exporter, spans));
        Assert.InRange(_server.Bodies.Count, 3, 4);
        Assert.All(_server.Bodies, body => Assert.InRange(Encoding.UTF8.GetByteCount(body), 2, ZipkinExporter.LargestBody));
        Assert.Equal(spans.Select(span => span.DisplayName), _server.Bodies.SelectMany(ZipkinSpan.Read).Select(span => span.Name));
    }

    [Fact]
    public void A_span_beyond_the_bound_is_lost_alone_and_told()
    {
        using var exporter = Exporter();
        var huge = Span("huge", activity => activity.SetTag("v", new string('x', 5_000_000)));
        Assert.Equal(ExportResult.Failure, Export(exporter, Span("a"), huge, Span("b")));
        Assert.Equal(["a", "b"], ZipkinSpan.Read(Assert.Single(_server.Bodies)).Select(span => span.Name));
        Assert.Contains("huge", Assert.Single(_faults), StringComparison.Ordinal);
    }

    [Fact]
    public void A_span_with_a_throwing_tag_is_lost_alone_and_told()
    {
        using var exporter = Exporter();
        Assert.Equal(ExportResult.Failure, Export(exporter, Span("a"), Span("bad", activity => activity.SetTag("v", new Throwing())), Span("b")));
        Assert.Equal(["a", "b"], ZipkinSpan.Read(Assert.Single(_server.Bodies)).Select(span => span.Name));
        Assert.Single(_faults);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.Redirect)]
    public void A_refusal_is_a_failure_with_its_status(HttpStatusCode status)
    {
        _server.Answer = status;
        using var exporter = Exporter();
        Assert.Equal(ExportResult.Failure, Export(exporter, Span("a")));
        Assert.Contains(((int)status).ToString(), Assert.Single(_faults), StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_does_not_answer_is_left_after_the_timeout()
    {
        _server.Silent = true;
        using var exporter = new ZipkinExporter(_server.Endpoint, TimeSpan.FromMilliseconds(200), _faults.Add);
        Assert.Equal(ExportResult.Failure, Export(exporter, Span("a")));
        Assert.Contains("200 ms", Assert.Single(_faults), StringComparison.Ordinal);
        _server.Silent = false;
        Assert.Equal(ExportResult.Success, Export(exporter, Span("b")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("SSH-2.0-OpenSSH_9\r\n")]
    [InlineData("HTTP/1.1 twohundred\r\n\r\n")]
    public async Task An_absent_or_babbling_server_is_a_failure(string? answer)
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        var port = ((IPEndPoint)socket.LocalEndpoint).Port;
        if (answer is null) socket.Stop();
        var babble = answer is null ? Task.CompletedTask : Babble(socket, answer);
        using var exporter = new ZipkinExporter(new Uri($"http://user:secret@127.0.0.1:{port}/api/v2/spans?key=secret"), TimeSpan.FromSeconds(5), _faults.Add);
        Assert.Equal(ExportResult.Failure, Export(exporter, Span("a")));
        Assert.DoesNotContain("secret", Assert.Single(_faults), StringComparison.Ordinal);
        await babble;
    }

    private static async Task Babble(TcpListener socket, string answer)
    {
        using var connection = await socket.AcceptTcpClientAsync();
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer));
    }

    private ZipkinExporter Exporter() => new(_server.Endpoint, TimeSpan.FromSeconds(10), _faults.Add);

    private Activity Span(string name, Action<Activity>? fill = null)
    {
        var activity = _source.StartActivity(name)!;
        fill?.Invoke(activity);
        activity.Stop();
        return activity;
    }

    private static ExportResult Export(ZipkinExporter exporter, params Activity[] spans) => exporter.Export(new Batch<Activity>(spans, spans.Length));

    private sealed class Throwing
    {
        public override string ToString() => throw new InvalidOperationException("no text");
    }
}
