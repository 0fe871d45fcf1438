using System.Buffers.Binary;
using System.Diagnostics;

namespace Observability.Sampling;

/// <summary>The number that a trace is judged by: one for all its spans, in every process.</summary>
internal static class Randomness
{
    private const long Mask = Threshold.Count - 1;

    /// <summary>The least significant 56 bits of the trace id, which W3C Trace Context level 2 wants random.</summary>
    public static long OfTraceId(ActivityTraceId traceId)
    {
        Span<byte> bytes = stackalloc byte[16];
        traceId.CopyTo(bytes);
        return BinaryPrimitives.ReadInt64BigEndian(bytes[8..]) & Mask;
    }

    /// <summary>The number that the .NET SDK's TraceIdRatioBasedSampler looks at: the leading eight bytes without the sign.</summary>
    public static long LeadingOfTraceId(ActivityTraceId traceId)
    {
        Span<byte> bytes = stackalloc byte[16];
        traceId.CopyTo(bytes);
        return BinaryPrimitives.ReadInt64BigEndian(bytes) & long.MaxValue;
    }

    /// <summary>Reads an <c>rv</c>: exactly 14 lowercase hexadecimal digits. -1 on anything else.</summary>
    public static long Parse(ReadOnlySpan<char> text) => text.Length == 14 && Threshold.TryReadHex(text, out var value) ? value : -1;
}
