using System.Diagnostics;

namespace Observability.Propagation;

/// <summary>
/// Reads the hexadecimal ids of headers that other tracers wrote: any case, shorter ones padded with zeros on the left, and
/// never all zeros.
/// </summary>
internal static class HexIdentifier
{
    private const int TraceIdLength = 32;
    private const int SpanIdLength = 16;

    public static bool TryReadTraceId(ReadOnlySpan<char> text, out ActivityTraceId id)
    {
        Span<char> normal = stackalloc char[TraceIdLength];
        var read = TryNormalize(text, normal);
        id = read ? ActivityTraceId.CreateFromString(normal) : default;
        return read;
    }

    public static bool TryReadSpanId(ReadOnlySpan<char> text, out ActivitySpanId id)
    {
        Span<char> normal = stackalloc char[SpanIdLength];
        var read = TryNormalize(text, normal);
        id = read ? ActivitySpanId.CreateFromString(normal) : default;
        return read;
    }

    private static bool TryNormalize(ReadOnlySpan<char> text, Span<char> normal)
    {
        if (text.IsEmpty || text.Length > normal.Length) return false;
        var padding = normal.Length - text.Length;
        normal[..padding].Fill('0');
        var anyBit = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiHexDigit(text[i])) return false;
            anyBit |= text[i] != '0';
            normal[padding + i] = char.ToLowerInvariant(text[i]);
        }
        return anyBit;
    }
}
