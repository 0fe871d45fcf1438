using System.Buffers.Binary;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace OtlpReceiver;

/// <summary>
/// gRPC's framing of a unary call: a flag byte and a four-byte length before each message, the status in the trailers.
/// https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md
/// </summary>
internal sealed class GrpcDialect : Dialect
{
    private const int HeaderLength = 5;

    public override async Task<(byte[] Message, bool IsCompressed)> Read(HttpRequest request)
    {
        var frame = await ReadAll(request.Body);
        if (frame.Length < HeaderLength) return ([], false);
        var length = BinaryPrimitives.ReadInt32BigEndian(frame.AsSpan(1));
        var message = frame.AsMemory(HeaderLength, length);
        return frame[0] == 0 ? (message.ToArray(), false) : (await Unzip(new MemoryStream(message.ToArray())), true);
    }

    public override async Task Succeed(HttpResponse response, byte[] message)
    {
        response.ContentType = "application/grpc";
        var frame = new byte[HeaderLength + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, HeaderLength);
        await response.Body.WriteAsync(frame);
        response.AppendTrailer("grpc-status", "0");
    }

    public override Task Fail(HttpResponse response, int httpStatus, int grpcStatus, string message, TimeSpan? retryAfter)
    {
        response.ContentType = "application/grpc";
        response.AppendTrailer("grpc-status", grpcStatus.ToString(CultureInfo.InvariantCulture));
        response.AppendTrailer("grpc-message", Uri.EscapeDataString(message));
        if (retryAfter is not null)
            response.AppendTrailer("grpc-status-details-bin", Convert.ToBase64String(WireFormat.RetryStatus(grpcStatus, message, retryAfter)).TrimEnd('='));
        return response.Body.FlushAsync();
    }
}
