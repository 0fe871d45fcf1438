using System.IO.Compression;
using Microsoft.AspNetCore.Http;

namespace OtlpReceiver;

/// <summary>How one of OTLP's two transports frames a message and says yes or no.</summary>
internal abstract class Dialect
{
    /// <summary>The message, decompressed, and whether it came compressed.</summary>
    public abstract Task<(byte[] Message, bool IsCompressed)> Read(HttpRequest request);

    public abstract Task Succeed(HttpResponse response, byte[] message);

    public abstract Task Fail(HttpResponse response, int httpStatus, int grpcStatus, string message, TimeSpan? retryAfter);

    protected static async Task<byte[]> ReadAll(Stream stream)
    {
        using var buffer = new MemoryStream();
        await stream.CopyToAsync(buffer);
        return buffer.ToArray();
    }

    protected static Task<byte[]> Unzip(Stream stream) => ReadAll(new GZipStream(stream, CompressionMode.Decompress));
}
