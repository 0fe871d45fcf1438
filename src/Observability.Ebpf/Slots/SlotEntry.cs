using System.Runtime.InteropServices;

namespace Observability.Ebpf.Slots;

/// <summary>One span in a slot's ring of four: <c>struct slot_entry</c> of the agent's <c>bpf/contract.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SlotEntry
{
    public const ulong UnknownOffset = ulong.MaxValue;

    /// <summary>Which publication this is; 0 while it is rewritten.</summary>
    public ulong Sequence;

    /// <summary>The first byte of the stream that is the span's.</summary>
    public ulong Offset;

    public ulong TraceHigh;
    public ulong TraceLow;
    public ulong Span;
    public ulong Flags;
}
