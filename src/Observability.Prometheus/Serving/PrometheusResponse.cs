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
    public int ContentLength => Body.Length;

    private ReadOnlyMemory<byte> Body => _body?.Memory ?? _text;

    /// <summary>Writes the body, by slices that wait for the reader.</summary>
    public async ValueTask WriteToAsync(PipeWriter writer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (IsHead) return;
        for (var rest = Body; !rest.IsEmpty; rest = rest[Math.Min(Slice, rest.Length)..])
        {
            var result = await writer.WriteAsync(rest[..Math.Min(Slice, rest.Length)], cancellationToken).ConfigureAwait(false);
            if (result.IsCompleted || result.IsCanceled) return;
        }
    }

    /// <summary>Writes the body to a stream.</summary>
    public ValueTask WriteToAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return IsHead ? default : stream.WriteAsync(Body, cancellationToken);
    }

    /// <summary>Gives the buffer back.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _body, null) is not { } body) return;
        body.Release();
        _disposed?.Invoke();
    }
}
