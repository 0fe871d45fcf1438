using System.Runtime.InteropServices;

namespace Observability.Ebpf.Native;

/// <summary>The beginning of the kernel's <c>struct tcp_info</c>, as far as it is read here; the kernel fills as much as it is given room for.</summary>
[StructLayout(LayoutKind.Explicit, Size = 104)]
internal struct TcpInfo
{
    /// <summary>Smoothed round-trip time, in microseconds.</summary>
    [FieldOffset(68)]
    public uint SmoothedRoundTrip;

    /// <summary>Segments sent again since the connection began.</summary>
    [FieldOffset(100)]
    public uint TotalRetransmits;
}
