using System.Runtime.InteropServices;

namespace Observability.Prometheus.Rendering;

/// <summary>
/// A rendered exposition that any number of responses may send; its buffer goes back to the pool with the last of them. Written in
/// one go it is one part; kept and patched it is many, with room between them.
/// </summary>
internal sealed unsafe class ScrapeBody
{
    private const int Large = 1 << 18;

    private readonly BodyPool _pool;
    private byte[] _buffer;
    private (int Start, int Length)[] _parts = new (int, int)[1];
    private int _users;

    internal ScrapeBody(BodyPool pool)
    {
        _pool = pool;
        _buffer = [];
    }

    public byte* Start { get; private set; }
    public int Capacity => _buffer.Length;

    /// <summary>The length of all parts together.</summary>
    public int Length { get; private set; }
    public int PartCount { get; private set; }

    /// <summary>How many samples it holds, before any filter of names.</summary>
    public int Samples { get; set; }

    /// <summary>Whether anybody but its keeper uses it.</summary>
    public bool IsShared => Volatile.Read(ref _users) > 1;

    public ReadOnlyMemory<byte> Part(int part) => _buffer.AsMemory(_parts[part].Start, _parts[part].Length);

    /// <summary>The whole body, written in one go.</summary>
    public void Finish(int length)
    {
        ClearParts();
        AddPart(0, length);
    }

    public void ClearParts() => (PartCount, Length) = (0, 0);

    public void AddPart(int start, int length)
    {
        if (length == 0) return;
        if (PartCount == _parts.Length) Array.Resize(ref _parts, PartCount * 2);
        _parts[PartCount++] = (start, length);
        Length = checked(Length + length);
    }

    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        var end = 0;
        for (var part = 0; part < PartCount; end += _parts[part++].Length) Part(part).Span.CopyTo(bytes.AsSpan(end));
        return bytes;
    }

    /// <summary>Makes room for so many bytes, keeping those already written.</summary>
    public void Grow(int written, int needed)
    {
        if (needed <= _buffer.Length) return;
        // A large one stays for long: what it has to spare is memory, while its copying happens once.
        var spare = _buffer.Length < Large ? _buffer.Length / 2 : _buffer.Length / 4;
        var larger = GC.AllocateUninitializedArray<byte>(checked((int)Math.Max(needed, Math.Min(_buffer.Length + (long)spare, Array.MaxLength))), pinned: true);
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
        ClearParts();
        _users = 1;
    }
}
