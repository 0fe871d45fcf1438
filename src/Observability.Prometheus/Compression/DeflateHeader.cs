namespace Observability.Prometheus.Compression;

/// <summary>The header of a gzip member that holds one dynamic block (RFC 1952, RFC 1951 3.2.7).</summary>
internal static class DeflateHeader
{
    private static readonly byte[] Gzip = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

    /// <summary>The order in which the lengths of the code-length code are sent.</summary>
    private static readonly byte[] Order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    public static (byte[] Bytes, ulong Bits, int BitCount) Write(HuffmanCode literals, HuffmanCode distances)
    {
        var bytes = new List<byte>(Gzip);
        var (bits, count) = (0UL, 0);

        void Put(int value, int length)
        {
            bits |= (ulong)value << count;
            for (count += length; count >= 8; count -= 8, bits >>= 8) bytes.Add((byte)bits);
        }

        Put(0b101, 3);
        Put(DeflateAlphabet.LiteralCount - 257, 5);
        Put(DeflateAlphabet.DistanceCount - 1, 5);
        Put(Order.Length - 4, 4);
        // Sixteen lengths, four bits each: the header is sent once a scrape, run-length coding it would save some fifty bytes.
        foreach (var symbol in Order) Put(symbol < 16 ? 4 : 0, 3);
        foreach (var length in literals.Lengths) Put(Reverse4(length), 4);
        foreach (var length in distances.Lengths) Put(Reverse4(length), 4);
        return ([.. bytes], bits, count);
    }

    private static int Reverse4(int code) => (code & 1) << 3 | (code & 2) << 1 | (code & 4) >> 1 | (code & 8) >> 3;
}
