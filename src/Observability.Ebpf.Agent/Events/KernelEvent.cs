using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Observability.Ebpf.Agent.Events;

/// <summary><c>struct event</c> of <c>bpf/contract.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct KernelEvent
{
    public const int Length = 136;

    /// <summary>CLOCK_MONOTONIC, nanoseconds.</summary>
    public ulong Time;
    public ulong Cookie;
    public ulong TraceHigh;
    public ulong TraceLow;
    public ulong Span;
    public KernelEventKind Kind;
    public Attribution Attribution;
    public ulong Value;
    public ulong Offset;
    public uint Bytes;
    public uint TraceFlags;
    public uint NetworkNamespace;
    public ushort Family;
    public ushort LocalPort;
    public ushort PeerPort;
    public ushort State;
    public uint RoundTrip;
    public uint Retransmits;
    public AddressBytes Local;
    public AddressBytes Peer;
    public uint Process;
    public uint Thread;
    public int Error;
    public uint Reserved;

    [InlineArray(16)]
    internal struct AddressBytes
    {
        private byte _first;
    }
}
