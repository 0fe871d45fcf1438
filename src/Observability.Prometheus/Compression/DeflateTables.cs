using System.Globalization;

namespace Observability.Prometheus.Compression;

/// <summary>One Huffman code pair with everything that emission needs of it, laid out for it.</summary>
internal sealed class DeflateTables
{
    private const int LiteralLimit = 14;
    private const int DistanceLimit = 11;

    public DeflateTables(HuffmanCode literals, HuffmanCode distances)
    {
        Literals = literals;
        for (var i = 0; i < 256; i++) LiteralBits[i] = literals.Bits[i] | (uint)literals.Lengths[i] << 24;
        for (var distance = 1; distance <= DeflateAlphabet.FarthestMatch; distance++)
        {
            var (symbol, extra, extraBits) = DeflateAlphabet.Distance(distance);
            DistanceBits[distance] = distances.Bits[symbol] | extra << distances.Lengths[symbol] | (uint)(distances.Lengths[symbol] + extraBits) << 24;
        }
        for (var value = 0; value < 1000; value++)
        {
            Lead[value] = Pack(value.ToString(CultureInfo.InvariantCulture));
            Padded[value] = Pack(value.ToString("000", CultureInfo.InvariantCulture));
        }
        (Header, HeaderBits, HeaderBitCount) = DeflateHeader.Write(literals, distances);
    }

    /// <summary>What the tables take.</summary>
    public const long Bytes = (DeflateAlphabet.FarthestMatch + 1 + 256) * sizeof(uint) + 2000 * sizeof(ulong);

    public HuffmanCode Literals { get; }

    /// <summary>A literal's code in the low bits, its length in the high byte.</summary>
    public uint[] LiteralBits { get; } = GC.AllocateArray<uint>(256, pinned: true);

    /// <summary>Every distance with its extra bits: 128 KiB, and the hottest loop without a computation.</summary>
    public uint[] DistanceBits { get; } = GC.AllocateArray<uint>(DeflateAlphabet.FarthestMatch + 1, pinned: true);

    /// <summary>The codes of 0 to 999 and of 000 to 999, their length in the high byte.</summary>
    public ulong[] Lead { get; } = GC.AllocateArray<ulong>(1000, pinned: true);
    public ulong[] Padded { get; } = GC.AllocateArray<ulong>(1000, pinned: true);

    /// <summary>The bytes of gzip's and the block's headers, and the bits that begin the next byte.</summary>
    public byte[] Header { get; }
    public ulong HeaderBits { get; }
    public int HeaderBitCount { get; }

    /// <summary>How many bits an integer takes.</summary>
    public int BitCount(ulong value)
    {
        var bits = 0;
        for (; value >= 1000; value /= 1000) bits += (int)(Padded[value % 1000] >> 56);
        return bits + (int)(Lead[value] >> 56);
    }

    public static DeflateTables Train(DeflateStatistics statistics) => new(
        HuffmanCode.Build(statistics.LiteralFrequencies(), LiteralLimit),
        HuffmanCode.Build(statistics.DistanceFrequencies(), DistanceLimit));

    private ulong Pack(string digits)
    {
        var (bits, length) = (0UL, 0);
        foreach (var digit in digits)
        {
            bits |= (ulong)Literals.Bits[digit] << length;
            length += Literals.Lengths[digit];
        }
        return bits | (ulong)length << 56;
    }
}
