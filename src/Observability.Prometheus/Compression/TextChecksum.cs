using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Observability.Prometheus.Compression;

/// <summary>
/// The CRC-32 and length of a text, combined from those of its pieces: a piece that does not change is never looked at again. Kept
/// as a residue of 128 bits, which takes two products and no reduction for each piece.
/// </summary>
internal struct TextChecksum
{
    private Vector128<ulong> _residue;

    /// <summary>Of a whole gzip member, which begins with all ones. The default is that of a piece.</summary>
    public static TextChecksum OfMember => new() { _residue = Residue(uint.MaxValue) };

    public long Length { get; private set; }

    /// <summary>The member's checksum.</summary>
    public readonly uint Value => ~Raw;

    /// <summary>The piece's checksum, without inversions.</summary>
    public readonly uint Raw => Crc32Algebra.Reduce(_residue);

    /// <summary>Takes in a piece by its checksum, computed from 0 without inversions, and length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(uint crc, int length)
    {
        if (!Crc32Algebra.HasFactor(length))
        {
            this = Appended(this, crc, length);
            return;
        }
        Length += length;
        _residue = Shifted(_residue, length) ^ Residue(crc);
    }

    /// <summary>Takes in a gap and the short value after it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(in CompiledGap gap, uint crc, int length)
    {
        var gapLength = gap.Length;
        if (!Crc32Algebra.HasFactor(gapLength + length))
        {
            this = Appended(this, in gap, crc, length);
            return;
        }
        Length += gapLength + length;
        var gapPart = CarrylessProduct.LowHigh(Vector128.CreateScalar((ulong)gap.Crc << 32), Crc32Algebra.Factor(length));
        _residue = Shifted(_residue, gapLength + length) ^ gapPart ^ Residue(crc);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TextChecksum Appended(TextChecksum checksum, uint crc, int length)
    {
        for (checksum.Length += length; !Crc32Algebra.HasFactor(length); length -= 2048) checksum._residue = Shifted(checksum._residue, 2048);
        checksum._residue = Shifted(checksum._residue, length) ^ Residue(crc);
        return checksum;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TextChecksum Appended(TextChecksum checksum, in CompiledGap gap, uint crc, int length)
    {
        checksum.Append(gap.Crc, gap.Length);
        checksum.Append(crc, length);
        return checksum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Residue(uint crc) => Vector128.Create(0, (ulong)crc << 32);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Shifted(Vector128<ulong> residue, int bytes)
    {
        ref readonly var factor = ref Crc32Algebra.Factor(bytes);
        return CarrylessProduct.LowLow(residue, factor) ^ CarrylessProduct.HighHigh(residue, factor);
    }
}
