namespace Observability.Prometheus.Listener;

/// <summary>Collects the bytes of a request's head, within its size and its time.</summary>
internal sealed class RequestReader(Stream stream, PrometheusListenerOptions options)
{
    private byte[] _buffer = new byte[Math.Min(2048, options.MaxHeaderBytes)];
    private int _filled;

    public ReadOnlySpan<byte> Head(int length) => _buffer.AsSpan(0, length);

    /// <summary>The head's length, or the status to refuse with, or two zeros when the client has closed or gone idle.</summary>
    public async Task<(int Length, int Status)> Read(CancellationToken stopping)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        patience.CancelAfter(_filled > 0 ? options.HeaderTimeout : options.KeepAliveTimeout);
        try
        {
            while (true)
            {
                var length = HttpRequestParser.HeadLength(_buffer.AsSpan(0, _filled));
                if (length > options.MaxHeaderBytes || (length < 0 && _filled >= options.MaxHeaderBytes)) return (0, 431);
                if (length > 0) return (length, 0);
                if (_filled == _buffer.Length) Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, options.MaxHeaderBytes));
                var wasEmpty = _filled == 0;
                var read = await stream.ReadAsync(_buffer.AsMemory(_filled), patience.Token).ConfigureAwait(false);
                if (read == 0) return (0, 0);
                _filled += read;
                // The first byte ends the idle time and starts the request's own; drops of bytes do not prolong it.
                if (wasEmpty) patience.CancelAfter(options.HeaderTimeout);
            }
        }
        catch (OperationCanceledException)
        {
            return _filled > 0 && !stopping.IsCancellationRequested ? (0, 408) : (0, 0);
        }
    }

    /// <summary>Drops a request that was answered; what a client sent ahead stays.</summary>
    public void Advance(int length)
    {
        _buffer.AsSpan(length, _filled - length).CopyTo(_buffer);
        _filled -= length;
    }
}
