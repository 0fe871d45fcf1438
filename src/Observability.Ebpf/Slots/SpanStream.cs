using System.Diagnostics;
using Observability.Ebpf.HttpClients;

namespace Observability.Ebpf.Slots;

/// <summary>Publishes, before each write, whose bytes they are and where in the connection's stream they begin: a retransmit then names the very span whose bytes were lost.</summary>
internal sealed class SpanStream(Stream inner, Slot? slot, LiveSpans live) : Stream
{
    private ulong _written;

    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => false;

    public override bool CanWrite => inner.CanWrite;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Publish(buffer.Length);
        return inner.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Publish(count);
        return inner.WriteAsync(buffer, offset, count, cancellationToken);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Publish(buffer.Length);
        inner.Write(buffer);
    }

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override int Read(Span<byte> buffer) => inner.Read(buffer);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => inner.ReadAsync(buffer, offset, count, cancellationToken);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => inner.ReadAsync(buffer, cancellationToken);

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private void Publish(int length)
    {
        var at = _written;
        _written += (uint)length;
        if (slot is null || slot.IsShared || (ClientConnections.CurrentRequest() ?? Activity.Current) is not { IdFormat: ActivityIdFormat.W3C } span) return;
        slot.IsExact = true;
        if (span.IsAllDataRequested) live.Add(span);
        slot.Publish(span, at);
    }
}
