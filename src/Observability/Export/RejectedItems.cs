using System.Text;

namespace Observability.Export;

/// <summary>
/// Reads an OTLP response for what the collector took but rejected (<c>partial_success</c>: field 1, with the count as its
/// field 1). Anything else in the bytes is passed over; garbage reads as nothing rejected.
/// </summary>
internal static class RejectedItems
{
    private const int LongestReason = 500;

    public static long Count(ReadOnlySpan<byte> message) => Read(message).Count;

    public static (long Count, string Reason) Read(ReadOnlySpan<byte> message)
    {
        while (TryField(ref message, out var field, out _, out var content))
            if (field == 1) return ReadPartialSuccess(content);
        return default;
    }

    private static (long Count, string Reason) ReadPartialSuccess(ReadOnlySpan<byte> partialSuccess)
    {
        var count = 0L;
        var reason = "";
        while (TryField(ref partialSuccess, out var field, out var number, out var content))
            if (field == 1) count = (long)Math.Min(number, long.MaxValue);
            else if (field == 2) reason = Encoding.UTF8.GetString(content[..Math.Min(content.Length, LongestReason)]);
        return (count, reason);
    }

    private static bool TryField(ref ReadOnlySpan<byte> bytes, out ulong field, out ulong number, out ReadOnlySpan<byte> content)
    {
        field = number = 0;
        content = default;
        if (!TryVarint(ref bytes, out var key)) return false;
        field = key >> 3;
        switch (key & 7)
        {
            case 0:
                return TryVarint(ref bytes, out number);
            case 2 when TryVarint(ref bytes, out var length) && length <= (ulong)bytes.Length:
                content = bytes[..(int)length];
                bytes = bytes[(int)length..];
                return true;
            default:
                return false;
        }
    }

    private static bool TryVarint(ref ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        for (var i = 0; i < Math.Min(bytes.Length, 10); i++)
        {
            value |= (ulong)(bytes[i] & 0x7f) << (7 * i);
            if ((bytes[i] & 0x80) != 0) continue;
            bytes = bytes[(i + 1)..];
            return true;
        }
        return false;
    }
}
