using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace Observability.Logging;

/// <summary>
/// A bounded queue of bytes for many producers and one writer. A line costs an atomic addition and a copy; no lock
/// is taken except once a block, and none is held while anything is written.
/// </summary>
internal sealed class LineQueue(SegmentRing ring, WriterSignal signal, JsonLinesOptions options)
{
    private const int LongLine = 768;

    private readonly bool _waits = options.WhenFull == FullQueue.Wait;
    private readonly int _patience = options.FullWaitMilliseconds;
    private volatile bool _closed;

    public DropCounts Dropped { get; } = new();

    /// <summary>Whether a line of this level has a chance now; asked before it is composed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Admits(LogLevel level) => level >= ring.LowestAdmitted || _waits;

    /// <summary>Makes ready for a line of about this length, which is worth its while for long ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Expect(int length)
    {
        if (length > LongLine) ring.Current?.Prefetch(length);
    }

    public void Drop(LogLevel level) => Dropped.Add(level);

    /// <summary>Takes nothing any more; what comes later is dropped and counted.</summary>
    public void Close() => _closed = true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAppend(ReadOnlySpan<byte> line, LogLevel level, int slot = CommitSlot.Shared)
    {
        var segment = ring.Current;
        // A line longer than a block must never reserve: its reservation could not be sealed.
        if (segment is null || line.Length > segment.Capacity || _closed || !segment.TryAppend(ref MemoryMarshal.GetReference(line), line.Length, slot))
            return AppendSlowly(segment, line, level, slot);
        Arrived(level);
        return true;
    }

    /// <summary>Room in the block for a line that is written in place, or a null reference: the line has to come by <see cref="TryAppend"/> then.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref byte TryReserve(int length, out Segment? segment)
    {
        segment = ring.Current;
        if (segment is null || length > segment.Capacity || _closed) return ref Unsafe.NullRef<byte>();
        return ref segment.TryReserve(length);
    }

    /// <summary>Hands over the line that was written to the room.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Commit(Segment segment, int length, LogLevel level, int slot)
    {
        segment.Commit(length, slot);
        Arrived(level);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Arrived(LogLevel level)
    {
        signal.LineArrived();
        if (level >= LogLevel.Error) signal.Hurry();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool AppendSlowly(Segment? full, ReadOnlySpan<byte> line, LogLevel level, int slot)
    {
        if (line.Length <= ring.Capacity && !_closed)
        {
            if (full is not null) Replace(full);
            var until = _waits ? Environment.TickCount64 + _patience : 0;
            do
            {
                while (level >= ring.LowestAdmitted && ring.Current is { } segment)
                {
                    if (segment.TryAppend(ref MemoryMarshal.GetReference(line), line.Length, slot))
                    {
                        Arrived(level);
                        return true;
                    }
                    Replace(segment);
                }
            }
            while (_waits && !_closed && signal.WaitForRoom(until));
        }
        Drop(level);
        return false;
    }

    private void Replace(Segment full)
    {
        ring.Replace(full);
        if (ring.IsUrgent) signal.Wake();
    }
}
