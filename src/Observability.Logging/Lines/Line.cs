using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Observability.Logging;

/// <summary>
/// The bytes of one line while it is composed, on the caller's thread. Content stops at <see cref="Limit"/>; what closes
/// the line always fits, because the limit is set that much lower than the longest line.
/// </summary>
internal sealed class Line
{
    /// <summary>Room kept free below the longest line: numbers, closing brackets, the truncation mark, the newline.</summary>
    public const int Reserve = 256;

    /// <summary>Room that an attribute needs beside its name.</summary>
    public const int KeyRoom = 8;

    private const int LargestKept = 64 * 1024;

    /// <summary>The most attributes of a line.</summary>
    public const int MostKeys = 64;

    [ThreadStatic]
    private static Line? t_line;

    private readonly Key[] _keys = new Key[MostKeys];
    private byte[] _bytes = GC.AllocateUninitializedArray<byte>(2_048);
    private int _keyCount;
    private Template? _held;
    private CommitSlot? _slot;
    private bool _busy;

    public readonly TimestampText Timestamp = new();
    public readonly Holes Holes = new();
    public readonly ScopeStack Scopes = new();
    public readonly ValuePath Path = new();

    /// <summary>The settings in force for this line.</summary>
    public LinePlan Plan = null!;

    /// <summary>Position that content must not pass.</summary>
    public int Limit;

    /// <summary>Whether content was cut or left out.</summary>
    public bool Truncated;

    /// <summary>Where the format remembers a place of its own: the message's start.</summary>
    public int MessageStart;

    /// <summary>Where the format opened an object for attributes.</summary>
    public int AttributesStart;

    /// <summary>Length of the line before, which the next one's is often near.</summary>
    public int LastLength { get; private set; }

    /// <summary>Where the thread counts what it has put into the queue.</summary>
    public int Slot => _slot?.Number ?? CommitSlot.Shared;

    public int Position { get; set; }

    public int Left => Limit - Position;

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Position);

    /// <summary>The thread's own line, or a fresh one when a value logs while it is being written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Line Rent(LinePlan plan)
    {
        var line = t_line;
        if (line is null || line._busy) line = RentSlowly();
        line._busy = true;
        line.Plan = plan;
        line.Clear();
        return line;
    }

    private static Line RentSlowly()
    {
        var line = new Line();
        // A value that logs is written on a line beside the thread's own, which commits as any thread may.
        if (t_line is not null) return line;
        line._slot = CommitSlot.Take();
        return t_line = line;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Return()
    {
        _busy = false;
        if (_bytes.Length > LargestKept) _bytes = GC.AllocateUninitializedArray<byte>(2_048);
    }

    public void Clear()
    {
        LastLength = Position;
        Position = 0;
        Truncated = false;
        _keyCount = 0;
        _held = null;
        Limit = Plan.MaxLineBytes - Reserve;
    }

    /// <summary>Room for <paramref name="size"/> more bytes at the position.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref byte Ensure(int size)
    {
        if (_bytes.Length - Position < size) Grow(size);
        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_bytes), Position);
    }

    /// <summary>The free bytes after the position, at least <paramref name="size"/> of them.</summary>
    public Span<byte> Free(int size)
    {
        if (_bytes.Length - Position < size) Grow(size);
        return _bytes.AsSpan(Position);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Raw(ReadOnlySpan<byte> bytes)
    {
        ref var target = ref Ensure(bytes.Length);
        Unsafe.CopyBlockUnaligned(ref target, ref MemoryMarshal.GetReference(bytes), (uint)bytes.Length);
        Position += bytes.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Raw(byte[] bytes)
    {
        ref var target = ref Ensure(bytes.Length);
        Unsafe.CopyBlockUnaligned(ref target, ref MemoryMarshal.GetArrayDataReference(bytes), (uint)bytes.Length);
        Position += bytes.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Raw(Piece piece)
    {
        piece.CopyTo(ref Ensure(piece.Length + Piece.Short));
        Position += piece.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Byte(byte value)
    {
        Ensure(1) = value;
        Position++;
    }

    /// <summary>Opens an attribute and repeats for its value bytes that this line already holds, all by one change of the position: each waits for the one before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Repeat(Piece opening, int start, int length)
    {
        ref var target = ref Ensure(opening.Length + length + Piece.Short);
        opening.CopyTo(ref target);
        Piece.Copy(ref Unsafe.Add(ref target, opening.Length), ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_bytes), start), length);
        Position += opening.Length + length;
    }

    /// <summary>The same, between quotes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void RepeatQuoted(Piece opening, int start, int length)
    {
        ref var target = ref Ensure(opening.Length + length + 2 + Piece.Short);
        opening.CopyTo(ref target);
        target = ref Unsafe.Add(ref target, opening.Length);
        target = (byte)'"';
        Piece.Copy(ref Unsafe.Add(ref target, 1), ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_bytes), start), length);
        Unsafe.Add(ref target, length + 1) = (byte)'"';
        Position += opening.Length + length + 2;
    }

    public Span<byte> Writable(int start, int length) => _bytes.AsSpan(start, length);

    public ReadOnlySpan<byte> Slice(int start, int length) => _bytes.AsSpan(start, length);

    /// <summary>Takes all keys of a template for the line's own, if it has none yet, so that they need not be compared with each other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Hold(Template template)
    {
        if (_keyCount == 0 && template.HasDistinctKeys) _held = template;
    }

    /// <summary>Opens an attribute unless the line has its key already or has no room left for it.</summary>
    public bool TryKey(Key key)
    {
        if (!TryTake(key)) return false;
        Raw(key.Opening);
        return true;
    }

    /// <summary>Whether the template's keys are all the line has.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Holds(Template template) => ReferenceEquals(_held, template);

    /// <summary>Takes a key of a template's, which the caller then writes, unless the line has it already or has no room left for it.</summary>
    public bool TryTake(Key key, Template template) => Holds(template) ? HasRoom(key) : TryTake(key);

    private bool TryTake(Key key)
    {
        var keys = _keys;
        var count = _keyCount;
        for (var i = 0; i < count; i++)
            if (keys[i].IsSame(key)) return false;
        if (_held is { } template && template.HasKey(key)) return false;
        if (count == MostKeys)
        {
            Truncated = true;
            return false;
        }
        if (!HasRoom(key)) return false;
        keys[count] = key;
        _keyCount = count + 1;
        return true;
    }

    private bool HasRoom(Key key)
    {
        if (Left >= key.Opening.Length + KeyRoom) return true;
        Truncated = true;
        return false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int size) => Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Position + size + 64));
}
