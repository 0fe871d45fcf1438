using System.Text;

namespace Observability.Export;

/// <summary>
/// Reads the messages of an OTLP response. What else is in the bytes is passed over; garbage reads as nothing.
/// </summary>
internal static class CollectorMessage
{
    private const int LongestReason = 500;

    /// <summary>What the collector rejected of what it took: <c>partial_success</c> is field 1.</summary>
    public static (long Count, string Reason) Rejected(ReadOnlySpan<byte> message)
    {
        while (TryField(ref message, out var field, out _, out var content))
            if (field == 1) return ReadPartialSuccess(content);
        return default;
    }

    /// <summary>The text of a google.rpc.Status, its field 2.</summary>
    public static string Status(ReadOnlySpan<byte> message)
    {
        while (TryField(ref message, out var field, out _, out var content))
            if (field == 2) return Reason(content);
        return "";
    }

    private static (long Count, string Reason) ReadPartialSuccess(ReadOnlySpan<byte> partialSuccess)
    {
        var count = 0L;
        var reason = "";
        while (TryField(ref partialSuccess, out var field, out var number, out var content))
            if (field == 1) count = (long)Math.Min(number, long.MaxValue);
            else if (field == 2) reason = Reason(content);
        return (count, reason);
    }

    private static string Reason(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text[..Math.Min(text.Length, LongestReason)]);

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
