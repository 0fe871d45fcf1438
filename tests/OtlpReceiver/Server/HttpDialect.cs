using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace OtlpReceiver;

/// <summary>OTLP/HTTP with protobuf bodies: https://opentelemetry.io/docs/specs/otlp/#otlphttp.</summary>
internal sealed class HttpDialect : Dialect
{
    private const string Protobuf = "application/x-protobuf";

    public override async Task<(byte[] Message, bool IsCompressed)> Read(HttpRequest request) =>
        request.Headers.ContentEncoding == "gzip" ? (await Unzip(request.Body), true) : (await ReadAll(request.Body), false);

    public override Task Succeed(HttpResponse response, byte[] message) => Write(response, StatusCodes.Status200OK, message);

    public override Task Fail(HttpResponse response, int httpStatus, int grpcStatus, string message, TimeSpan? retryAfter)
    {
        if (retryAfter is { } delay) response.Headers.RetryAfter = Math.Ceiling(delay.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return Write(response, httpStatus, WireFormat.RetryStatus(grpcStatus, message, null));
    }

    private static async Task Write(HttpResponse response, int status, byte[] message)
    {
        response.StatusCode = status;
        response.ContentType = Protobuf;
        response.ContentLength = message.Length;
        await response.Body.WriteAsync(message);
    }
}
