using EndToEnd.Tests.Apps;
using OtlpReceiver;

namespace EndToEnd.Tests.Export;

/// <summary>Every standard OTEL_EXPORTER_OTLP_* variable reaches the wire.</summary>
public class ExportSettingsTests
{
    private const string Prefix = "OTEL_EXPORTER_OTLP_";
    private static readonly OtlpSignal[] Signals = [OtlpSignal.Traces, OtlpSignal.Metrics, OtlpSignal.Logs];

    [SkippableTheory]
    [InlineData(OtlpProtocol.Grpc)]
    [InlineData(OtlpProtocol.HttpProtobuf)]
    public async Task Headers_are_sent_with_every_signal_and_percent_decoded(OtlpProtocol protocol)
    {
        await using var receiver = await Receiver.Start(options => (options.RequiredHeaders["api-key"], options.RequiredHeaders["x-tenant"]) = ("s3cret=", "a b"));
        var environment = RunningApp.SendingTo(receiver, protocol);
        environment[Prefix + "HEADERS"] = "api-key=s3cret%3D,x-tenant=a%20b";

        await EverySignalIsAccepted(receiver, environment);
    }

    [SkippableTheory]
    [InlineData(OtlpProtocol.Grpc)]
    [InlineData(OtlpProtocol.HttpProtobuf)]
    public async Task Over_TLS_the_collector_is_trusted_by_the_given_certificate(OtlpProtocol protocol)
    {
        using var authority = new CertificateAuthority();
        await using var receiver = await Receiver.Start(options => options.ServerCertificate = authority.IssueServer());
        var environment = RunningApp.SendingTo(receiver, protocol);
        environment[Prefix + "CERTIFICATE"] = authority.PemPath;

        await EverySignalIsAccepted(receiver, environment);
    }

    [SkippableTheory]
    [InlineData(OtlpProtocol.Grpc)]
    [InlineData(OtlpProtocol.HttpProtobuf)]
    public async Task With_mutual_TLS_the_client_shows_its_certificate(OtlpProtocol protocol)
    {
        using var authority = new CertificateAuthority();
        await using var receiver = await Receiver.Start(options => (options.ServerCertificate, options.ClientAuthority) = (authority.IssueServer(), authority.Certificate));
        var environment = RunningApp.SendingTo(receiver, protocol);
        environment[Prefix + "CERTIFICATE"] = authority.PemPath;
        (environment[Prefix + "CLIENT_CERTIFICATE"], environment[Prefix + "CLIENT_KEY"]) = authority.IssueClient("the-app");

        await EverySignalIsAccepted(receiver, environment);

        Assert.All(receiver.Requests, request => Assert.Equal("CN=the-app", request.ClientCertificate));
    }

    [SkippableTheory]
    [InlineData(OtlpProtocol.Grpc)]
    [InlineData(OtlpProtocol.HttpProtobuf)]
    public async Task Compression_is_gzip_when_asked_for(OtlpProtocol protocol)
    {
        await using var receiver = await Receiver.Start();
        var environment = RunningApp.SendingTo(receiver, protocol);
        environment[Prefix + "COMPRESSION"] = "gzip";

        await EverySignalIsAccepted(receiver, environment);

        Assert.All(receiver.Requests, request => Assert.True(request.IsCompressed));
    }

    [SkippableFact]
    public async Task Each_signal_can_have_its_own_endpoint_protocol_headers_and_compression()
    {
        await using var traces = await Receiver.Start(options => options.RequiredHeaders["for"] = "traces");
        await using var metrics = await Receiver.Start(options => options.RequiredHeaders["for"] = "all");
        await using var logs = await Receiver.Start(options => options.RequiredHeaders["for"] = "all");
        await using var app = await RunningApp.StartWeb(TestApp.Of("WebApi"), new Dictionary<string, string?>
        {
            [Prefix + "ENDPOINT"] = logs.HttpEndpoint.ToString(),
            [Prefix + "PROTOCOL"] = "http/protobuf",
            [Prefix + "HEADERS"] = "for=all",
            [Prefix + "TRACES_ENDPOINT"] = traces.HttpEndpoint + "v1/traces",
            [Prefix + "TRACES_HEADERS"] = "for=traces",
            [Prefix + "TRACES_COMPRESSION"] = "gzip",
            [Prefix + "METRICS_ENDPOINT"] = metrics.GrpcEndpoint.ToString(),
            [Prefix + "METRICS_PROTOCOL"] = "grpc",
        });
        await app.Get("/items/1");

        await traces.WaitForSpan(span => span.Kind == "Server");
        await metrics.WaitForMetric(metric => metric.Name == "http.server.request.duration");
        await logs.WaitForLog(log => log["Id"] is 1L);

        Assert.All(traces.Requests, request => Assert.Equal((OtlpSignal.Traces, OtlpProtocol.HttpProtobuf, true), (request.Signal, request.Protocol, request.IsCompressed)));
        Assert.All(metrics.Requests, request => Assert.Equal((OtlpSignal.Metrics, OtlpProtocol.Grpc, false), (request.Signal, request.Protocol, request.IsCompressed)));
        Assert.All(logs.Requests, request => Assert.Equal((OtlpSignal.Logs, OtlpProtocol.HttpProtobuf, false), (request.Signal, request.Protocol, request.IsCompressed)));
    }

    [SkippableFact]
    public async Task A_call_that_takes_longer_than_the_timeout_is_given_up_and_counted()
    {
        await using var receiver = await Receiver.Start();
        receiver.Answers = signal => signal == OtlpSignal.Traces ? Answer.Never : Answer.Accept;
        var environment = RunningApp.SendingTo(receiver);
        environment[Prefix + "TRACES_TIMEOUT"] = "200";
        await using var app = await RunningApp.StartWeb(TestApp.Of("WebApi"), environment);
        await app.Get("/");

        await receiver.WaitForMetric(metric => metric.Name == "otel.sdk.exporter.span.exported" && metric.Points.Any(point => point.Attributes.ContainsKey("error.type") && point.Value >= 1));
    }

    [SkippableFact]
    public async Task Without_an_endpoint_nothing_is_sent_and_nothing_complains()
    {
        Receiver onDefaultPorts;
        try
        {
            onDefaultPorts = await Receiver.Start(options => (options.GrpcPort, options.HttpPort) = (4317, 4318));
        }
        catch (IOException)
        {
            throw new SkipException("another program listens on OTLP's default ports");
        }
        await using var receiver = onDefaultPorts;
        await using var app = await RunningApp.StartWeb(TestApp.Of("WebApi"), new Dictionary<string, string?>());
        await app.Get("/items/1");
        app.Process.Signal("TERM");
        await app.Process.WaitForExit(TimeSpan.FromSeconds(90));

        Assert.Empty(receiver.Requests);
        Assert.DoesNotContain(app.Process.Output.Concat(app.Process.Error), line => line.Contains("OBS", StringComparison.Ordinal));
    }

    private static async Task EverySignalIsAccepted(Receiver receiver, IReadOnlyDictionary<string, string?> environment)
    {
        await using var app = await RunningApp.StartWeb(TestApp.Of("WebApi"), environment);
        await app.Get("/items/1");
        foreach (var signal in Signals) await receiver.WaitForRequest(request => request.Signal == signal);
        await receiver.WaitForSpan(span => span.Kind == "Server");
        await receiver.WaitForLog(log => log["Id"] is 1L);
        await receiver.WaitForMetric(metric => metric.Name == "http.server.request.duration");
        Assert.All(receiver.Requests, request => Assert.Equal(Answer.Accept, request.Answer));
    }
}
