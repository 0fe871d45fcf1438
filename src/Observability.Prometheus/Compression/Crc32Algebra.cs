using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Observability.Prometheus.Compression;

/// <summary>
/// The CRC-32 of gzip as arithmetic on polynomials. Residues are bit-reflected: the highest bit stands for x^0, whether there are
/// 32, 64 or 128 of them. A product of two comes out one bit too low, for which factors are made one power smaller.
/// </summary>
internal static class Crc32Algebra
{
    private const uint Polynomial = 0xEDB88320;

    /// <summary>1/x.</summary>
    private const uint Inverse = 0xDB710641;

    private const int FactorCount = 4096;
    private static readonly uint[] Bytes = BuildBytes();
    private static readonly uint[] Reducers = BuildReducers();
    private static readonly Vector128<ulong>[] Factors = BuildFactors();

    /// <summary>Advances a checksum by plain bytes, without the inversions at both ends.</summary>
    public static uint Raw(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(uint))
        {
            crc = Reduce((ulong)(crc ^ BinaryPrimitives.ReadUInt32LittleEndian(bytes)));
            bytes = bytes[sizeof(uint)..];
        }
        foreach (var value in bytes) crc = Raw(crc, value);
        return crc;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Raw(uint crc, byte value) => crc >> 8 ^ Bytes[(byte)(crc ^ value)];

    /// <summary>
    /// What the halves of a 128-bit residue are multiplied by when so many bytes follow; the high half is also what a residue of 64
    /// bits is multiplied by.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref readonly Vector128<ulong> Factor(int bytes) => ref Factors[bytes];

    public static bool HasFactor(int bytes) => bytes < FactorCount;

    public static uint Reduce(Vector128<ulong> residue)
    {
        var low = Vector128.Create(0UL, (ulong)Reduce(residue[0]) << 32);
        return Reduce(residue[1] ^ CarrylessProduct.HighHigh(low, Factor(8))[1]);
    }

    private static uint Reduce(ulong residue)
    {
        var low = (uint)residue;
        return (uint)(residue >> 32) ^ Reducers[768 + (byte)low] ^ Reducers[512 + (byte)(low >> 8)] ^ Reducers[256 + (byte)(low >> 16)] ^ Reducers[low >> 24];
    }

    private static uint[] BuildBytes()
    {
        var table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            var crc = i;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? crc >> 1 ^ Polynomial : crc >> 1;
            table[i] = crc;
        }
        return table;
    }

    private static uint[] BuildReducers()
    {
        var table = new uint[4 * 256];
        Bytes.CopyTo(table, 0);
        for (var row = 1; row < 4; row++)
        {
            for (var i = 0; i < 256; i++)
            {
                var crc = table[(row - 1) * 256 + i];
                table[row * 256 + i] = crc >> 8 ^ Bytes[(byte)crc];
            }
        }
        return table;
    }

    /// <summary>x^(8 n - 1) for the high half, which begins with x^0, and 64 powers more for the low half.</summary>
    private static Vector128<ulong>[] BuildFactors()
    {
        var powers = new ulong[FactorCount + 8];
        var power = Inverse;
        for (var i = 0; i < powers.Length; i++)
        {
            powers[i] = (ulong)power << 32;
            power = Raw(power, 0);
        }
        var factors = new Vector128<ulong>[FactorCount];
        for (var i = 0; i < factors.Length; i++) factors[i] = Vector128.Create(powers[i + 8], powers[i]);
        return factors;
    }
}
