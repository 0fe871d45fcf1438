using System.Runtime.Intrinsics;

namespace Observability.Prometheus.Compression;

/// <summary>Copies bits from one body to another, wherever in their bytes they begin.</summary>
internal static unsafe class BitRun
{
    private const ulong WordMask = (1UL << WordBits) - 1;

    /// <summary>What a word holds whichever bit of its first byte comes first, in whole bytes.</summary>
    private const int WordBits = 56;

    /// <summary>From here on it is worth getting to the start of a byte first.</summary>
    private const int LongRun = 512;

    /// <summary>Sends so many bits that begin at a bit of a body. Reads up to 40 bytes past them.</summary>
    public static void Copy(ref DeflateState state, byte* body, long start, long count)
    {
        if (count <= 0) return;
        state.Reserve(checked((int)(count >> 3)) + 64);
        if (count >= LongRun && Vector256.IsHardwareAccelerated) CopyVectors(ref state, body, ref start, ref count);
        var source = body + (start >> 3);
        var shift = (int)(start & 7);
        for (; count >= WordBits; count -= WordBits, source += WordBits / 8) state.Put(*(ulong*)source >> shift & WordMask, WordBits);
        if (count > 0) state.Put(*(ulong*)source >> shift & (1UL << (int)count) - 1, (int)count);
    }

    private static void CopyVectors(ref DeflateState state, byte* body, ref long start, ref long count)
    {
        if (state.BitCount > 0)
        {
            var missing = 8 - state.BitCount;
            state.Put((uint)*(ushort*)(body + (start >> 3)) >> (int)(start & 7) & (1u << missing) - 1, missing);
            (start, count) = (start + missing, count - missing);
        }
        var source = body + (start >> 3);
        var target = state.Out;
        var shift = (int)(start & 7);
        for (; count >= 256; (start, count) = (start + 256, count - 256), source += 32, target += 32)
        {
            // The other end of each word comes from the next one; two shifts, because none by 64 is defined.
            var low = Vector256.ShiftRightLogical(Vector256.Load((ulong*)source), shift);
            var high = Vector256.ShiftLeft(Vector256.ShiftLeft(Vector256.Load((ulong*)(source + 8)), 63 - shift), 1);
            (low | high).Store((ulong*)target);
        }
        state.Out = target;
    }
}
