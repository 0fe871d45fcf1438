using System.Diagnostics;
using Xunit;

namespace OtlpReceiver;

/// <summary>
/// A real OTLP server on two loopback ports: gRPC and HTTP/protobuf, three signals. It keeps what it accepts and can be told
/// to fail. It makes no spans and no logs of its own, so that it can run inside the process under test.
/// </summary>
public sealed class Receiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly Inbox _inbox = new();
    private readonly ReceiverOptions _options;
    private OtlpServer? _server;

    private Receiver(ReceiverOptions options) => _options = options;

    /// <summary>False where the official .proto files could not be had at build time.</summary>
    public static bool IsAvailable => WireFormat.IsAvailable;

    public Uri GrpcEndpoint => new($"{Scheme}://127.0.0.1:{_options.GrpcPort}");
    public Uri HttpEndpoint => new($"{Scheme}://127.0.0.1:{_options.HttpPort}");

    public IReadOnlyCollection<ReceivedSpan> Spans => _inbox.Spans;
    public IReadOnlyCollection<ReceivedMetric> Metrics => _inbox.Metrics;
    public IReadOnlyCollection<ReceivedLog> Logs => _inbox.Logs;

    /// <summary>Every call, also the ones that were answered badly.</summary>
    public IReadOnlyCollection<ReceivedRequest> Requests => _inbox.Requests;

    /// <summary>What a sender did against the protocol, in words.</summary>
    public IReadOnlyCollection<string> Violations => _inbox.Violations;

    /// <summary>How calls are answered from now on.</summary>
    public Func<OtlpSignal, Answer> Answers { get; set; } = _ => Answer.Accept;

    private string Scheme => _options.ServerCertificate is null ? "http" : "https";

    /// <summary>Starts a receiver; skips the calling test, with the reason, where there is no wire format.</summary>
    public static async Task<Receiver> Start(Action<ReceiverOptions>? configure = null)
    {
        Skip.IfNot(IsAvailable, "the official OTLP .proto files were not there at build time (build/opentelemetry-proto.sh gets them on Debian)");
        var options = new ReceiverOptions();
        configure?.Invoke(options);
        var receiver = new Receiver(options);
        await receiver.Open();
        return receiver;
    }

    /// <summary>The endpoint of a protocol and the name that OTEL_EXPORTER_OTLP_PROTOCOL gives it.</summary>
    public (Uri Endpoint, string Protocol) For(OtlpProtocol protocol) =>
        protocol == OtlpProtocol.Grpc ? (GrpcEndpoint, "grpc") : (HttpEndpoint, "http/protobuf");

    /// <summary>Listens again, on the same ports, after <see cref="Close"/>.</summary>
    public async Task Open()
    {
        if (_server is not null) return;
        _server = new OtlpServer(_options, new ExportEndpoint(_inbox, _options, signal => Answers(signal)));
        (_options.GrpcPort, _options.HttpPort) = await _server.Start();
    }

    /// <summary>Stops listening: connections are refused from now on.</summary>
    public async Task Close()
    {
        if (_server is null) return;
        await _server.DisposeAsync();
        _server = null;
    }

    /// <summary>Forgets everything that arrived.</summary>
    public void Clear() => _inbox.Clear();

    public Task<ReceivedSpan> WaitForSpan(Func<ReceivedSpan, bool> condition, TimeSpan? patience = null) =>
        WaitFor(() => _inbox.Spans.FirstOrDefault(condition), "a span", patience);

    public Task<ReceivedMetric> WaitForMetric(Func<ReceivedMetric, bool> condition, TimeSpan? patience = null) =>
        WaitFor(() => _inbox.Metrics.LastOrDefault(condition), "a metric", patience);

    public Task<ReceivedLog> WaitForLog(Func<ReceivedLog, bool> condition, TimeSpan? patience = null) =>
        WaitFor(() => _inbox.Logs.FirstOrDefault(condition), "a log record", patience);

    public Task<ReceivedRequest> WaitForRequest(Func<ReceivedRequest, bool> condition, TimeSpan? patience = null) =>
        WaitFor(() => _inbox.Requests.FirstOrDefault(condition), "a call", patience);

    public async ValueTask DisposeAsync() => await Close();

    private async Task<T> WaitFor<T>(Func<T?> find, string what, TimeSpan? patience)
        where T : class
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            if (find() is { } found) return found;
            if (clock.Elapsed > (patience ?? Patience)) throw new TimeoutException($"Within {patience ?? Patience} {what} as asked for did not arrive.\n{Describe()}");
            await Task.Delay(20);
        }
    }

    private string Describe() => string.Join(
        '\n',
        [
            $"calls: {string.Join(", ", _inbox.Requests.GroupBy(request => (request.Signal, request.Answer)).Select(group => $"{group.Count()} {group.Key.Signal} {group.Key.Answer}"))}",
            .. _inbox.Violations.Take(10).Select(violation => "violation: " + violation),
            .. _inbox.Spans.Take(40).Select(span => "span: " + span),
            "metrics: " + string.Join(", ", _inbox.Metrics.Select(metric => metric.Name).Distinct().Take(80)),
            .. _inbox.Logs.Take(40).Select(log => "log: " + log.Body),
        ]);
}
