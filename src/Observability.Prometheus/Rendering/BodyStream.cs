namespace Observability.Prometheus.Rendering;

/// <summary>A stream that writes into a body.</summary>
internal sealed class BodyStream(ScrapeBody body) : Stream
{
    public int Written { get; private set; }

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => Written;
    public override long Position { get => Written; set => throw new NotSupportedException(); }

    public override void Flush()
    {
    }

    public override unsafe void Write(ReadOnlySpan<byte> buffer)
    {
        body.Grow(Written, Written + buffer.Length);
        buffer.CopyTo(new Span<byte>(body.Start + Written, buffer.Length));
        Written += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
