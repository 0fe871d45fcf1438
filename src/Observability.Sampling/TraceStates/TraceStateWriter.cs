using System.Buffers;

namespace Observability.Sampling;

/// <summary>
/// Sets or erases <c>ot=th</c> in a tracestate. Every other member and every other pair of <c>ot</c> stays as it came,
/// malformed or not; the changed member moves to the front, as W3C Trace Context asks.
/// </summary>
internal static class TraceStateWriter
{
    /// <summary>W3C Trace Context: a longer list may be thrown away whole by its receiver.</summary>
    private const int MaxMembers = 32;

    /// <summary>OpenTelemetry: the length that the value of <c>ot</c> must not exceed.</summary>
    private const int MaxOtelLength = 256;

    /// <summary>The tracestate with the threshold, or without any when it is <see cref="Threshold.Never"/>.</summary>
    public static string Write(string? traceState, long threshold) =>
        Write(traceState, threshold < 0 ? null : Threshold.ToText(threshold));

    /// <summary>The tracestate with this text as its <c>th</c>, or without any when it is null.</summary>
    public static string Write(string? traceState, string? thresholdText)
    {
        if (string.IsNullOrEmpty(traceState)) return thresholdText is null ? "" : "ot=th:" + thresholdText;
        var buffer = ArrayPool<char>.Shared.Rent(traceState.Length + MaxOtelLength);
        var length = WriteOtel(traceState, thresholdText, buffer);
        length = WriteOthers(traceState, buffer, length);
        var result = new string(buffer, 0, length);
        ArrayPool<char>.Shared.Return(buffer);
        return result;
    }

    private static int WriteOtel(ReadOnlySpan<char> rest, string? thresholdText, Span<char> buffer)
    {
        const int prefix = 3;
        "ot=".CopyTo(buffer);
        var length = prefix;
        if (thresholdText is not null)
        {
            length = Append(buffer, length, "th:");
            length = Append(buffer, length, thresholdText);
        }
        while (TraceStateMembers.TryTake(ref rest, ',', out var member))
        {
            if (!TraceStateMembers.IsOtel(member, out var value)) continue;
            while (TraceStateMembers.TryTake(ref value, ';', out var pair))
            {
                if (pair.IsEmpty || pair.StartsWith("th:", StringComparison.Ordinal)) continue;
                if (length > prefix) buffer[length++] = ';';
                length = Append(buffer, length, pair);
            }
            break;
        }

        // A threshold that does not fit is left out: the pairs of others were here first.
        if (length - prefix > MaxOtelLength && thresholdText is not null && length - prefix - thresholdText.Length - 4 > 0)
            return Shift(buffer, prefix, thresholdText.Length + 4, length);
        return length == prefix ? 0 : length;
    }

    private static int Shift(Span<char> buffer, int at, int removed, int length)
    {
        buffer[(at + removed)..length].CopyTo(buffer[at..]);
        return length - removed;
    }

    private static int WriteOthers(ReadOnlySpan<char> rest, Span<char> buffer, int length)
    {
        var members = length > 0 ? 1 : 0;
        while (members < MaxMembers && TraceStateMembers.TryTake(ref rest, ',', out var member))
        {
            if (member.IsEmpty) continue;

            // A second one of our own key is not allowed, and would come to life again when the first is erased.
            if (TraceStateMembers.IsOtel(member, out _)) continue;
            if (length > 0) buffer[length++] = ',';
            length = Append(buffer, length, member);
            members++;
        }
        return length;
    }

    private static int Append(Span<char> buffer, int length, ReadOnlySpan<char> text)
    {
        text.CopyTo(buffer[length..]);
        return length + text.Length;
    }
}
