using System.Globalization;
using System.Text;

namespace Observability.Prometheus.Compression;

/// <summary>What three digits contribute to the checksum of an integer's text, by how many groups of three follow them.</summary>
internal static class DigitChecksums
{
    private const int Groups = 7;

    /// <summary>A first group, written without leading zeros: <c>[groups that follow * 1000 + value]</c>.</summary>
    public static readonly uint[] Lead = Build(padded: false);

    /// <summary>A later group, written with three digits.</summary>
    public static readonly uint[] Padded = Build(padded: true);

    /// <summary>The checksum and length of an integer's text.</summary>
    public static (uint Crc, int Length) Of(ulong value)
    {
        var (crc, groups) = (0u, 0);
        for (; value >= 1000; groups++, value /= 1000) crc ^= Padded[groups * 1000 + (int)(value % 1000)];
        return (crc ^ Lead[groups * 1000 + (int)value], 3 * groups + (value >= 100 ? 3 : value >= 10 ? 2 : 1));
    }

    private static uint[] Build(bool padded)
    {
        var table = new uint[Groups * 1000];
        Span<byte> zeros = stackalloc byte[3 * Groups];
        zeros.Clear();
        for (var value = 0; value < 1000; value++)
        {
            var crc = Crc32Algebra.Raw(0, Encoding.ASCII.GetBytes(value.ToString(padded ? "000" : "0", CultureInfo.InvariantCulture)));
            for (var following = 0; following < Groups; following++) table[following * 1000 + value] = Crc32Algebra.Raw(crc, zeros[..(3 * following)]);
        }
        return table;
    }
}
