using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace OtlpReceiver;

/// <summary>One export call: which signal and protocol, decode, keep, answer.</summary>
internal sealed class ExportEndpoint(Inbox inbox, ReceiverOptions options, Func<OtlpSignal, Answer> answers) : IHttpApplication<HttpContext>
{
    private static readonly Dictionary<string, (OtlpSignal, OtlpProtocol)> Paths = new()
    {
        ["/v1/traces"] = (OtlpSignal.Traces, OtlpProtocol.HttpProtobuf),
        ["/v1/metrics"] = (OtlpSignal.Metrics, OtlpProtocol.HttpProtobuf),
        ["/v1/logs"] = (OtlpSignal.Logs, OtlpProtocol.HttpProtobuf),
        ["/opentelemetry.proto.collector.trace.v1.TraceService/Export"] = (OtlpSignal.Traces, OtlpProtocol.Grpc),
        ["/opentelemetry.proto.collector.metrics.v1.MetricsService/Export"] = (OtlpSignal.Metrics, OtlpProtocol.Grpc),
        ["/opentelemetry.proto.collector.logs.v1.LogsService/Export"] = (OtlpSignal.Logs, OtlpProtocol.Grpc),
    };

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        if (!Paths.TryGetValue(context.Request.Path.Value ?? "", out var call))
        {
            inbox.Violations.Enqueue($"{context.Request.Method} {context.Request.Path} is no OTLP path");
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var (signal, protocol) = call;
        Dialect dialect = protocol == OtlpProtocol.Grpc ? new GrpcDialect() : new HttpDialect();
        var (message, compressed) = await dialect.Read(context.Request);
        var answer = IsAuthorized(context.Request) ? answers(signal) : null;
        inbox.Requests.Enqueue(new ReceivedRequest(
            signal,
            protocol,
            context.Request.Path.Value!,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            compressed,
            (await context.Connection.GetClientCertificateAsync())?.Subject,
            answer ?? Answer.Refuse));
        await (answer is null ? dialect.Fail(context.Response, 401, 16, "a required header is missing", null) : Respond(context, dialect, signal, message, answer));
    }

    private async Task Respond(HttpContext context, Dialect dialect, OtlpSignal signal, byte[] message, Answer answer)
    {
        switch (answer.Kind)
        {
            case AnswerKind.Reset:
                context.Features.GetRequiredFeature<Microsoft.AspNetCore.Connections.Features.IConnectionLifetimeFeature>().Abort();
                return;
            case AnswerKind.Garbage:
                await dialect.Succeed(context.Response, Garbage());
                return;
            case AnswerKind.Status:
                await dialect.Fail(context.Response, answer.HttpStatus, answer.GrpcStatus, answer.Message!, answer.Time);
                return;
            case AnswerKind.Slow:
                await Task.Delay(answer.Time!.Value, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
                if (context.RequestAborted.IsCancellationRequested) return;
                break;
        }
        if (Keep(signal, message)) await dialect.Succeed(context.Response, WireFormat.Response(signal, answer.Rejected, answer.Message));
        else await dialect.Fail(context.Response, 400, 3, "the message cannot be read", null);
    }

    private bool Keep(OtlpSignal signal, byte[] message)
    {
        try
        {
            inbox.Add(WireFormat.Decode(signal, message));
            return true;
        }
        catch (Exception fault)
        {
            // The sender's fault is what the test is about: it is kept in words, and answered as a collector would.
            inbox.Violations.Enqueue($"{signal}: {fault.Message}");
            return false;
        }
    }

    private bool IsAuthorized(HttpRequest request) =>
        options.RequiredHeaders.All(required => request.Headers.TryGetValue(required.Key, out var value) && value == required.Value);

    /// <summary>Field 31 with the wire type that protobuf gave up: no parser takes it.</summary>
    private static byte[] Garbage() => [.. Enumerable.Repeat((byte)0xFF, 64)];
}
