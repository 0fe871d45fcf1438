using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Observability.Logging;

/// <summary>Two decimal digits, written by one move: half as many divisions, each of which waits for the one before.</summary>
internal static class DigitPair
{
    private static ReadOnlySpan<byte> Pairs =>
        "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748495051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899"u8;

    /// <param name="target">Where two bytes go.</param>
    /// <param name="value">Below 100.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(ref byte target, uint value) =>
        Unsafe.WriteUnaligned(ref target, Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref MemoryMarshal.GetReference(Pairs), value * 2)));
}
