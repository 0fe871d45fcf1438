using System.Runtime.InteropServices;

namespace Observability.Ebpf.KernelEvents;

/// <summary><c>struct event</c> of the agent's <c>bpf/contract.h</c>, version 1, as far as it is read here.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
internal struct KernelEvent
{
    public const int Length = 136;

    /// <summary>CLOCK_MONOTONIC, nanoseconds.</summary>
    [FieldOffset(0)]
    public ulong Time;

    [FieldOffset(8)]
    public ulong Cookie;

    [FieldOffset(32)]
    public ulong Span;

    [FieldOffset(40)]
    public KernelEventKind Kind;

    [FieldOffset(44)]
    public uint Attribution;

    [FieldOffset(48)]
    public ulong Value;

    [FieldOffset(56)]
    public ulong Offset;

    [FieldOffset(64)]
    public uint Bytes;

    [FieldOffset(128)]
    public int Error;
}
