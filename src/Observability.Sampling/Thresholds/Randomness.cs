using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Observability.Sampling;

/// <summary>The number that a trace is judged by: one for all its spans, in every process.</summary>
internal static class Randomness
{
    private const long Mask = Threshold.Count - 1;
    private const int HalfLength = 16;

    /// <summary>The least significant 56 bits of the trace id, which W3C Trace Context level 2 wants random.</summary>
    public static long OfTraceId(ActivityTraceId traceId) => (long)ReadHalf(traceId, HalfLength) & Mask;

    /// <summary>The number that the .NET SDK's TraceIdRatioBasedSampler looks at: the leading eight bytes without the sign.</summary>
    public static long LeadingOfTraceId(ActivityTraceId traceId) => (long)ReadHalf(traceId, 0) & long.MaxValue;

    /// <summary>Reads an <c>rv</c>: exactly 14 lowercase hexadecimal digits. -1 on anything else.</summary>
    public static long Parse(ReadOnlySpan<char> text) => text.Length == 14 && Threshold.TryReadHex(text, out var value) ? value : -1;

    /// <summary>
    /// Eight bytes of the id. It holds its text, 32 lowercase hexadecimal digits by construction, and hands it out as it is;
    /// its own conversion to bytes goes digit by digit and would be a quarter of a decision.
    /// </summary>
    private static ulong ReadHalf(ActivityTraceId traceId, int at)
    {
        ref var first = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(traceId.ToHexString().AsSpan(at, HalfLength)));
        var digits = Vector128.Narrow(Vector128.LoadUnsafe(ref first), Vector128.LoadUnsafe(ref first, 8));

        // '0'..'9' end in their value, 'a'..'f' in their value less nine, and only the letters have bit 6.
        var values = (digits & Vector128.Create((byte)0x0F)) + ((digits >>> 6) * Vector128.Create((byte)9));
        var pairs = values.AsUInt16();
        var bytes = ((pairs & Vector128.Create((ushort)0x00FF)) << 4) | (pairs >>> 8);
        var little = Vector128.Narrow(bytes, bytes).AsUInt64().ToScalar();
        return BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(little) : little;
    }
}
