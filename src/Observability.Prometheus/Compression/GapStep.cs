using System.Runtime.InteropServices;

namespace Observability.Prometheus.Compression;

/// <summary>Bits to send, and after them perhaps a distance that depends on the values in between. 12 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly struct GapStep(ulong bits, int bitCount, int gapsBack, int distance)
{
    /// <summary>The value of <see cref="GapsBack"/> where no distance follows.</summary>
    public const int NoDistance = 255;

    public ulong Bits { get; } = bits;
    public ushort Distance { get; } = (ushort)distance;
    public byte BitCount { get; } = (byte)bitCount;
    public byte GapsBack { get; } = (byte)gapsBack;
}
