using EndToEnd.Tests.Apps;
using OtlpReceiver;

namespace EndToEnd.Tests.Export;

/// <summary>
/// The collector of spans and logs fails in every way that collectors fail; metrics go to a good one, which is told of the
/// losses. The application answers 200 all the while and ends when it is told to.
/// </summary>
public class BadCollectorTests
{
    private const int Requests = 50;

    public static TheoryData<string, OtlpProtocol> Failures
    {
        get
        {
            var data = new TheoryData<string, OtlpProtocol>();
            foreach (var failure in new[] { "nobody", "rubbish", "refuse", "reset", "never", "too many", "unavailable" })
                foreach (var protocol in new[] { OtlpProtocol.Grpc, OtlpProtocol.HttpProtobuf })
                    data.Add(failure, protocol);
            return data;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Failures))]
    public async Task The_application_never_notices_and_what_is_lost_is_counted(string failure, OtlpProtocol protocol)
    {
        await using var good = await Receiver.Start();
        await using var bad = await Receiver.Start();
        await using var rubbish = new RubbishListener();
        bad.Answers = _ => AnswerOf(failure);
        var endpoint = failure switch { "nobody" => RubbishListener.NobodyAt(), "rubbish" => rubbish.Endpoint, _ => bad.For(protocol).Endpoint };
        var environment = RunningApp.SendingTo(endpoint, bad.For(protocol).Protocol);
        environment["OTEL_EXPORTER_OTLP_TIMEOUT"] = "300";
        environment["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"] = good.GrpcEndpoint.ToString();
        environment["OTEL_EXPORTER_OTLP_METRICS_PROTOCOL"] = "grpc";
        environment["OTEL_EXPORTER_OTLP_METRICS_TIMEOUT"] = "5000";
        await using var app = await RunningApp.StartWeb(TestApp.Of("WebApi"), environment);

        for (var i = 0; i < Requests; i++) await app.Get("/items/" + i);

        await good.WaitForMetric(metric => Lost(metric, "span") >= Requests);
        await good.WaitForMetric(metric => Lost(metric, "log") >= Requests);
        Assert.Equal("ok", await app.Get("/"));
        app.Process.Signal("TERM");
        Assert.Equal(0, await app.Process.WaitForExit(TimeSpan.FromSeconds(90)));
        Assert.Empty(bad.Spans);
        // Some hundred failures of two signals, each told at once for every reason that there is, and then kept quiet. Rubbish alone has five: it is no status line,
        // it comes before the request was sent or while its body is, it takes too long, it ends.
        var told = app.Process.Output.Where(line => line.Contains("OBS1001", StringComparison.Ordinal)).ToArray();
        Assert.True(told.Length is >= 2 and <= 10, $"{told.Length} lines:\n{string.Join('\n', told)}");
        Assert.Contains(told, line => line.Contains(ReasonOf(failure, protocol), StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData(OtlpProtocol.Grpc)]
    [InlineData(OtlpProtocol.HttpProtobuf)]
    public async Task A_yes_whose_message_is_garbage_is_a_yes(OtlpProtocol protocol)
    {
        await using var receiver = await Receiver.Start();
        receiver.Answers = signal => signal == OtlpSignal.Metrics ? Answer.Accept : Answer.Garbage;
        await using var app = await RunningApp.StartWeb(TestApp.Of("WebApi"), RunningApp.SendingTo(receiver, protocol));

        for (var i = 0; i < Requests; i++) await app.Get("/items/" + i);

        await receiver.WaitForMetric(metric => metric.Name == "otel.sdk.exporter.span.exported" && metric.Points.Sum(point => point.Value) >= Requests);
    }

    [SkippableFact]
    public async Task A_collector_that_comes_back_gets_what_is_made_from_then_on()
    {
        await using var receiver = await Receiver.Start();
        await using var app = await RunningApp.StartWeb(TestApp.Of("WebApi"), RunningApp.SendingTo(receiver));
        await app.Get("/items/1");
        await receiver.WaitForSpan(span => span["url.path"] is "/items/1");
        await receiver.Close();
        await app.Get("/items/2");

        await receiver.Open();
        await receiver.WaitForMetric(metric => metric.Name == "http.server.request.duration" && metric.Points.Any(point => point.Count >= 2));
        await app.Get("/items/3");

        await receiver.WaitForSpan(span => span["url.path"] is "/items/3");
        await receiver.WaitForLog(log => log["Id"] is 3L);
    }

    [SkippableFact]
    public async Task A_slow_collector_fills_a_bounded_queue_and_the_rest_is_dropped_and_counted()
    {
        await using var good = await Receiver.Start();
        await using var slow = await Receiver.Start();
        slow.Answers = _ => Answer.Never;
        var environment = RunningApp.SendingTo(slow);
        environment["OTEL_BSP_MAX_QUEUE_SIZE"] = "64";
        environment["OTEL_BSP_MAX_EXPORT_BATCH_SIZE"] = "16";
        environment["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"] = good.GrpcEndpoint.ToString();
        await using var app = await RunningApp.StartWeb(TestApp.Of("WebApi"), environment);

        await app.Get("/burst/10000");

        var dropped = await good.WaitForMetric(metric => metric.Name == "observability.span.dropped" && metric.Points.Any(point => point.Value > 9000));
        Assert.InRange(dropped.Points.Sum(point => point.Value), 9000, 10_000);
        var waiting = await good.WaitForMetric(metric => metric.Name == "otel.sdk.processor.span.queue.size");
        Assert.InRange(waiting.Points[0].Value, 0, 64);
    }

    [SkippableTheory]
    [InlineData(OtlpProtocol.Grpc)]
    [InlineData(OtlpProtocol.HttpProtobuf)]
    public async Task A_partial_success_is_told(OtlpProtocol protocol)
    {
        await using var receiver = await Receiver.Start();
        receiver.Answers = signal => signal == OtlpSignal.Traces ? Answer.PartialSuccess(1, "one span was too old") : Answer.Accept;
        await using var app = await RunningApp.StartWeb(TestApp.Of("WebApi"), RunningApp.SendingTo(receiver, protocol));
        await app.Get("/");
        await receiver.WaitForSpan(span => span.Kind == "Server");

        await app.Process.WaitUntil(() => app.Process.Output.Any(line => line.Contains("one span was too old", StringComparison.Ordinal)), TimeSpan.FromSeconds(90), "the rejection is in the log");
    }

    private static Answer AnswerOf(string failure) => failure switch
    {
        "refuse" => Answer.Refuse,
        "reset" => Answer.Reset,
        "never" => Answer.Never,
        "too many" => Answer.TooMany(TimeSpan.FromSeconds(1)),
        _ => Answer.Unavailable(TimeSpan.FromSeconds(1)),
    };

    private static string ReasonOf(string failure, OtlpProtocol protocol) => (failure, protocol) switch
    {
        ("nobody", _) => ": Connection refused (127.0.0.1:",
        ("rubbish", OtlpProtocol.Grpc) => "HTTP/2",
        ("rubbish", _) => "Received an invalid status line",
        ("refuse", OtlpProtocol.Grpc) => ": the collector answered INVALID_ARGUMENT: refused.",
        ("refuse", _) => ": the collector answered 400 (Bad Request): refused.",
        ("reset", _) => "Connection reset by peer.",
        ("never", _) => ": there was no answer in time.",
        ("too many", OtlpProtocol.Grpc) => ": the collector answered RESOURCE_EXHAUSTED: too many.",
        ("too many", _) => ": the collector answered 429 (Too Many Requests): too many.",
        (_, OtlpProtocol.Grpc) => ": the collector answered UNAVAILABLE: unavailable.",
        _ => ": the collector answered 503 (Service Unavailable): unavailable.",
    };

    private static double Lost(ReceivedMetric metric, string item) => metric.Name == $"otel.sdk.exporter.{item}.exported"
        ? metric.Points.Where(point => point.Attributes.ContainsKey("error.type")).Sum(point => point.Value)
        : 0;
}
