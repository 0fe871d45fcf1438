using System.Runtime.InteropServices;

namespace Observability.Prometheus.Rendering;

/// <summary>A rendered exposition that any number of responses may send; its buffer goes back to the pool with the last of them.</summary>
internal sealed unsafe class ScrapeBody
{
    private readonly BodyPool _pool;
    private byte[] _buffer;
    private int _users;

    internal ScrapeBody(BodyPool pool)
    {
        _pool = pool;
        _buffer = [];
    }

    public byte* Start { get; private set; }
    public int Capacity => _buffer.Length;
    public int Length { get; private set; }

    /// <summary>How many samples it holds, before any filter of names.</summary>
    public int Samples { get; set; }

    public ReadOnlyMemory<byte> Memory => _buffer.AsMemory(0, Length);

    public ReadOnlySpan<byte> Span => _buffer.AsSpan(0, Length);

    public void Finish(int length) => Length = length;

    /// <summary>Makes room for so many bytes, keeping those already written.</summary>
    public void Grow(int written, int needed)
    {
        if (needed <= _buffer.Length) return;
        var larger = GC.AllocateUninitializedArray<byte>(checked((int)Math.Max(needed, Math.Min(_buffer.Length * 3L / 2, Array.MaxLength))), pinned: true);
        _buffer.AsSpan(0, written).CopyTo(larger);
        _buffer = larger;
        Start = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(larger, 0);
    }

    /// <summary>Moves a writer on to a larger buffer when fewer than so many bytes are left; tells it from where on to ask again.</summary>
    public void Reserve(ref byte* cursor, ref byte* limit, int margin)
    {
        var written = (int)(cursor - Start);
        if (_buffer.Length - written < margin)
        {
            Grow(written, checked(written + 2 * margin));
            cursor = Start + written;
        }
        limit = Start + _buffer.Length - margin;
    }

    public void Acquire() => Interlocked.Increment(ref _users);

    public void Release()
    {
        if (Interlocked.Decrement(ref _users) == 0) _pool.Return(this);
    }

    internal void Restart()
    {
        Length = 0;
        _users = 1;
    }
}
