using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Observability.Prometheus.Rendering;

namespace Observability.Prometheus;

/// <summary>The answer to a scrape. Dispose it after writing: its buffer is shared and used again.</summary>
public sealed class PrometheusResponse : IDisposable
{
    private const int Slice = 64 * 1024;
    private readonly byte[]? _text;
    private readonly Action? _disposed;
    private ScrapeBody? _body;

    internal PrometheusResponse(int statusCode, string text)
    {
        StatusCode = statusCode;
        _text = Encoding.UTF8.GetBytes(text);
        ContentType = "text/plain; charset=utf-8";
    }

    internal PrometheusResponse(ScrapeBody body, string contentType, bool isGzip, Action disposed)
    {
        StatusCode = 200;
        ContentType = contentType;
        ContentEncoding = isGzip ? "gzip" : null;
        _body = body;
        _disposed = disposed;
    }

    /// <summary>The HTTP status: 200, 405, 500 or 503.</summary>
    public int StatusCode { get; }

    /// <summary>The header <c>Content-Type</c>.</summary>
    public string ContentType { get; }

    /// <summary>The header <c>Content-Encoding</c>, or null for none.</summary>
    public string? ContentEncoding { get; }

    /// <summary>The header <c>Allow</c> of a 405, or null.</summary>
    public string? Allow => StatusCode == 405 ? "GET, HEAD" : null;

    /// <summary>The header <c>Vary</c> of a 200, or null: the answer depends on what was accepted.</summary>
    public string? Vary => StatusCode == 200 ? "Accept, Accept-Encoding" : null;

    /// <summary>Whether the request was a HEAD: send the headers alone.</summary>
    public bool IsHead { get; internal init; }

    /// <summary>The header <c>Content-Length</c>, in bytes.</summary>
    public int ContentLength => _body?.Length ?? _text!.Length;

    private int PartCount => _body?.PartCount ?? 1;

    /// <summary>Writes the body, by slices that wait for the reader.</summary>
    public async ValueTask WriteToAsync(PipeWriter writer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (IsHead) return;
        var pending = 0;
        for (var part = 0; part < PartCount; part++)
        {
            for (var rest = Part(part); !rest.IsEmpty;)
            {
                var copied = Copy(rest.Span, writer);
                rest = rest[copied..];
                pending += copied;
                if (pending < Slice) continue;
                pending = 0;
                var result = await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
                if (result.IsCompleted || result.IsCanceled) return;
            }
        }
        await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes the body to a stream.</summary>
    public async ValueTask WriteToAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (IsHead) return;
        if (PartCount == 1)
        {
            await stream.WriteAsync(Part(0), cancellationToken).ConfigureAwait(false);
            return;
        }
        // Parts are small; a system call for each of them would cost more than joining them.
        var joined = ArrayPool<byte>.Shared.Rent(Slice);
        try
        {
            var length = 0;
            for (var part = 0; part < PartCount; part++)
            {
                for (var rest = Part(part); !rest.IsEmpty;)
                {
                    var copied = Math.Min(rest.Length, joined.Length - length);
                    rest[..copied].CopyTo(joined.AsMemory(length));
                    rest = rest[copied..];
                    length += copied;
                    if (length < joined.Length) continue;
                    await stream.WriteAsync(joined.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
                    length = 0;
                }
            }
            await stream.WriteAsync(joined.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(joined);
        }
    }

    /// <summary>Gives the buffer back.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _body, null) is not { } body) return;
        body.Release();
        _disposed?.Invoke();
    }

    private ReadOnlyMemory<byte> Part(int part) => _body?.Part(part) ?? _text;

    private static int Copy(ReadOnlySpan<byte> text, PipeWriter writer)
    {
        var target = writer.GetSpan();
        var length = Math.Min(Math.Min(text.Length, target.Length), Slice);
        text[..length].CopyTo(target);
        writer.Advance(length);
        return length;
    }
}
