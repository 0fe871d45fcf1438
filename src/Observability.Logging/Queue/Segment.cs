using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Observability.Logging;

/// <summary>
/// A block of the queue. Producers reserve by adding to one counter, copy, and commit by adding to another of their thread's own; the block is complete when
/// it is sealed and as many bytes are committed as it ends at.
/// </summary>
internal sealed unsafe class Segment
{
    /// <summary>Reservation of a block that takes no more: far above any capacity, far below an overflow.</summary>
    public const long Sealed = 1L << 40;

    private const int CacheLine = 64;

    private readonly byte[] _bytes;
    private readonly byte* _start;
    private readonly long[] _committed = new long[CommitSlot.Count * CommitSlot.Stride];
    private Counters _counters;
    private volatile int _end = -1;

    public Segment(int capacity)
    {
        Capacity = capacity;
        _bytes = GC.AllocateUninitializedArray<byte>(capacity, pinned: true);
        _start = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_bytes));
        _counters.Reserved = Sealed;
    }

    public int Capacity { get; }

    /// <summary>Bytes reserved and not yet handed to the writer, for the gauge.</summary>
    public int Used => (int)Math.Min(Volatile.Read(ref _counters.Reserved), Capacity);

    public bool HasBytes => Volatile.Read(ref _counters.Reserved) != 0;

    /// <summary>Whether a producer crossed the end.</summary>
    public bool IsFull => Volatile.Read(ref _counters.Reserved) > Capacity;

    /// <summary>Makes the block take bytes again; the reservation opens last, for a producer may still hold the block.</summary>
    public void Reset()
    {
        _end = -1;
        Array.Clear(_committed);
        Volatile.Write(ref _counters.Reserved, 0);
    }

    /// <summary>Copies a line in, or returns false; the one producer that crossed the end has sealed the block then.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAppend(ref byte source, int length, int slot)
    {
        ref var target = ref TryReserve(length);
        if (Unsafe.IsNullRef(ref target)) return false;
        Unsafe.CopyBlockUnaligned(ref target, ref source, (uint)length);
        Commit(length, slot);
        return true;
    }

    /// <summary>Room for a line, or a null reference. Whoever gets room has to commit it, for the writer waits for that: nothing in between may fail.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref byte TryReserve(int length)
    {
        var offset = Interlocked.Add(ref _counters.Reserved, length) - length;
        if (offset + length <= Capacity) return ref *(_start + offset);
        if (offset <= Capacity) _end = (int)offset;
        return ref Unsafe.NullRef<byte>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Commit(int length, int slot)
    {
        ref var committed = ref _committed[slot * CommitSlot.Stride];
        // A slot of the thread's own takes a plain addition. An atomic one would hold the caller until the copy has left its core.
        if (slot == CommitSlot.Shared) Interlocked.Add(ref committed, length);
        else Volatile.Write(ref committed, committed + length);
    }

    /// <summary>
    /// Asks the processor for the memory that a line of about this length will go to, while the line is composed: the writer has had it in another core's cache, and the
    /// next atomic addition waits for all of it.
    /// </summary>
    public void Prefetch(int length)
    {
        var offset = Volatile.Read(ref _counters.Reserved);
        if (!Sse.IsSupported || offset + length > Capacity) return;
        var start = _start + offset;
        for (var at = 0; at < length; at += CacheLine) Sse.Prefetch0(start + at);
    }

    /// <summary>Ends the block where it is, unless a producer crossed its end first and seals it. False when it is empty.</summary>
    public bool TrySeal()
    {
        if (!HasBytes) return false;
        Seal();
        return true;
    }

    /// <summary>Ends the block also when it is empty.</summary>
    public void Seal()
    {
        var reserved = Interlocked.Exchange(ref _counters.Reserved, Sealed);
        if (reserved <= Capacity) _end = (int)reserved;
    }

    /// <summary>The block's bytes once every producer that reserved has committed. Only the writer calls this, on a sealed block.</summary>
    public ReadOnlySpan<byte> Complete()
    {
        var wait = new SpinWait();
        while (_end < 0 || Committed() != _end) wait.SpinOnce();
        return _bytes.AsSpan(0, _end);
    }

    private long Committed()
    {
        var sum = 0L;
        for (var slot = 0; slot < CommitSlot.Count; slot++) sum += Volatile.Read(ref _committed[slot * CommitSlot.Stride]);
        return sum;
    }

    [StructLayout(LayoutKind.Explicit, Size = 128)]
    private struct Counters
    {
        [FieldOffset(64)] public long Reserved;
    }
}
