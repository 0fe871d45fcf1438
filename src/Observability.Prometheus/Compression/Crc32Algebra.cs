using System.Runtime.CompilerServices;

namespace Observability.Prometheus.Compression;

/// <summary>
/// The CRC-32 of gzip as arithmetic: the checksum of a text is combined from those of its pieces, so that a piece that does not
/// change is never looked at again. Residues are bit-reflected; bit 31 of a 32-bit residue stands for x^0.
/// </summary>
internal static class Crc32Algebra
{
    private const uint Polynomial = 0xEDB88320;
    private const int PowerCount = 4096;
    private static readonly uint[] Bytes = BuildBytes();
    private static readonly uint[] Reducers = BuildReducers();
    private static readonly uint[] Powers = BuildPowers();

    /// <summary>Advances a checksum by plain bytes, without the inversions at both ends.</summary>
    public static uint Raw(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes) crc = Raw(crc, value);
        return crc;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Raw(uint crc, byte value) => crc >> 8 ^ Bytes[(byte)(crc ^ value)];

    /// <summary>What a checksum becomes when so many bytes follow, as a residue that is not yet reduced to 32 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Shift(uint crc, int bytes) => CarrylessProduct.Of(crc, Power(bytes)) << 1;

    /// <summary>The same for a residue that was not reduced itself: each half by its own power.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Shift(ulong residue, int bytes) =>
        (CarrylessProduct.Of((uint)(residue >> 32), Power(bytes)) ^ CarrylessProduct.Of((uint)residue, Power(bytes + 4))) << 1;

    public static uint Reduce(ulong residue)
    {
        var low = (uint)residue;
        return (uint)(residue >> 32) ^ Reducers[768 + (byte)low] ^ Reducers[512 + (byte)(low >> 8)] ^ Reducers[256 + (byte)(low >> 16)] ^ Reducers[low >> 24];
    }

    /// <summary>x^(8 n).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Power(int bytes) => bytes < PowerCount ? Powers[bytes] : LargePower(bytes);

    private static uint LargePower(int bytes)
    {
        var power = Powers[bytes % PowerCount];
        var step = Reduce(CarrylessProduct.Of(Powers[PowerCount - 1], Powers[1]) << 1);
        for (var n = bytes / PowerCount; n > 0; n >>= 1)
        {
            if ((n & 1) != 0) power = Reduce(CarrylessProduct.Of(power, step) << 1);
            step = Reduce(CarrylessProduct.Of(step, step) << 1);
        }
        return power;
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

    private static uint[] BuildPowers()
    {
        var powers = new uint[PowerCount];
        var power = 0x80000000;
        for (var i = 0; i < PowerCount; i++)
        {
            powers[i] = power;
            power = Raw(power, 0);
        }
        return powers;
    }
}
