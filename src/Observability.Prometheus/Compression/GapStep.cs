namespace Observability.Prometheus.Compression;

/// <summary>Bits to send, and after them perhaps a distance that depends on the values in between. 8 bytes.</summary>
internal readonly struct GapStep(uint bits, int bitCount, int gapsBack, int distance)
{
    /// <summary>The value of <see cref="GapsBack"/> where no distance follows.</summary>
    public const int NoDistance = 63;

    /// <summary>The most bits that one step sends before its distance.</summary>
    public const int MostBits = 32;

    private readonly uint _places = (uint)distance | (uint)bitCount << 14 | (uint)gapsBack << 20;

    public uint Bits { get; } = bits;

    /// <summary>Counted without the values in between; at most <see cref="GapTokenizer.FarthestByte"/>.</summary>
    public int Distance => (int)(_places & 0x3FFF);
    public int BitCount => (int)(_places >> 14 & 0x3F);
    public uint GapsBack => _places >> 20;
}
