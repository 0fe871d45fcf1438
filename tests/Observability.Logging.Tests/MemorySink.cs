namespace Observability.Logging.Tests;

/// <summary>Keeps what is written; can be made to stall or to fail.</summary>
internal sealed class MemorySink : LineSink
{
    private readonly MemoryStream _bytes = new();
    private readonly ManualResetEventSlim _open = new(true);

    public override string Name => "memory";

    /// <summary>What the next writes throw.</summary>
    public Queue<Exception> Failures { get; } = new();

    /// <summary>Bytes that one write takes at most.</summary>
    public int Most { get; set; } = int.MaxValue;

    /// <summary>Bytes beyond which every write fails.</summary>
    public long FailsAfter { get; set; } = long.MaxValue;

    public void Stall() => _open.Reset();

    public void Resume() => _open.Set();

    public override int Write(ReadOnlySpan<byte> bytes)
    {
        _open.Wait();
        lock (_bytes)
        {
            if (Failures.TryDequeue(out var failure)) throw failure;
            if (_bytes.Length >= FailsAfter) throw new IOException("no space left");
            var part = bytes[..Math.Min(bytes.Length, Most)];
            _bytes.Write(part);
            return part.Length;
        }
    }

    public byte[] ToArray()
    {
        lock (_bytes) return _bytes.ToArray();
    }
}
