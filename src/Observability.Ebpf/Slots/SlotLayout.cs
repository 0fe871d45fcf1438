using System.Runtime.InteropServices;

namespace Observability.Ebpf.Slots;

/// <summary>One slot as the kernel programs read it: <c>struct slot</c> of the agent's <c>bpf/contract.h</c>, version 1.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
internal struct SlotLayout
{
    public const int Length = 256;
    public const int FirstEntry = 64;
    public const int Ring = 4;

    /// <summary>Publications so far.</summary>
    [FieldOffset(0)]
    public ulong Head;

    [FieldOffset(8)]
    public ulong Cookie;

    /// <summary>The process that holds the slot; 0 is free.</summary>
    [FieldOffset(16)]
    public uint Owner;

    /// <summary>Set by the kernel when the socket has closed.</summary>
    [FieldOffset(20)]
    public uint Closed;
}
