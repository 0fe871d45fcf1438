using System.Diagnostics;

namespace Observability.Ebpf.Slots;

/// <summary>
/// A connection's or a thread's place in the memory that is shared with the kernel. Publishing is a handful of stores, no system call. There is a ring of
/// four entries instead of a lock: a kernel program can interrupt the writer on its own processor, and can never wait for it.
/// </summary>
internal sealed unsafe class Slot
{
    private readonly SlotLayout* _slot;
    private readonly Lock _writing = new();

    // Keeps the memory mapped while the slot is in use.
    private readonly object _memory;

    public Slot(SlotLayout* slot, int number, ulong cookie, int descriptor, object memory)
    {
        _slot = slot;
        _memory = memory;
        Number = number;
        Cookie = cookie;
        Descriptor = descriptor;
    }

    /// <summary>The array that the slot is in.</summary>
    public object Home => _memory;

    public int Number { get; }

    public ulong Cookie { get; }

    public int Descriptor { get; }

    /// <summary>Set when a stream publishes each write with its place: whoever only knows the newest span leaves it alone.</summary>
    public bool IsExact { get; set; }

    /// <summary>Set for HTTP/2: many spans write side by side, so the flow that writes does not say whose bytes they are.</summary>
    public bool IsShared { get; set; }

    /// <summary>Makes the activity the connection's newest span.</summary>
    /// <param name="activity">Whose bytes follow.</param>
    /// <param name="offset">The first of them, or <see cref="SlotEntry.UnknownOffset"/>.</param>
    public void Publish(Activity activity, ulong offset) => Publish(PublishedSpan.Of(activity), offset);

    public void Publish(in PublishedSpan span, ulong offset)
    {
        // HTTP/2's requests publish to one connection from many threads. On HTTP/1.1 nobody else is here, and the lock is two uncontended instructions.
        lock (_writing)
        {
            // Given away after the socket closed: what is written now would be another's.
            if (_slot->Cookie != Cookie) return;
            Write(_slot, span, offset);
        }
        GC.KeepAlive(_memory);
    }

    /// <summary>A thread's slot has one writer.</summary>
    public void PublishAlone(in PublishedSpan span) => Write(_slot, span, SlotEntry.UnknownOffset);

    public void Release()
    {
        Volatile.Write(ref _slot->Cookie, 0);
        Volatile.Write(ref _slot->Head, 0);
        Volatile.Write(ref _slot->Owner, 0);
        GC.KeepAlive(_memory);
    }

    /// <summary>Every store releases: none passes the one before, on any processor. A reader that finds the same sequence before and after has one whole entry.</summary>
    private static void Write(SlotLayout* slot, in PublishedSpan span, ulong offset)
    {
        var number = slot->Head + 1;
        var entry = (SlotEntry*)((byte*)slot + SlotLayout.FirstEntry) + ((number - 1) & (SlotLayout.Ring - 1));
        Volatile.Write(ref entry->Sequence, 0);
        Volatile.Write(ref entry->TraceHigh, span.TraceHigh);
        Volatile.Write(ref entry->TraceLow, span.TraceLow);
        Volatile.Write(ref entry->Span, span.Span);
        Volatile.Write(ref entry->Flags, span.Flags);
        Volatile.Write(ref entry->Offset, offset);
        Volatile.Write(ref entry->Sequence, number);
        Volatile.Write(ref slot->Head, number);
    }
}
