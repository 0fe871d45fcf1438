namespace Observability.Sampling;

/// <summary>Cuts a tracestate into its members, and the <c>ot</c> member into its pairs, without judging them.</summary>
internal static class TraceStateMembers
{
    /// <summary>Takes what stands before the next separator, trimmed of optional white space. False at the end.</summary>
    public static bool TryTake(ref ReadOnlySpan<char> rest, char separator, out ReadOnlySpan<char> member)
    {
        if (rest.IsEmpty)
        {
            member = default;
            return false;
        }
        var end = rest.IndexOf(separator);
        member = Trim(end < 0 ? rest : rest[..end]);
        rest = end < 0 ? default : rest[(end + 1)..];
        return true;
    }

    private static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty && text[0] is ' ' or '\t') text = text[1..];
        while (!text.IsEmpty && text[^1] is ' ' or '\t') text = text[..^1];
        return text;
    }

    /// <summary>Whether the member is OpenTelemetry's own. <c>tenant@ot</c> is another vendor's.</summary>
    public static bool IsOtel(ReadOnlySpan<char> member, out ReadOnlySpan<char> value)
    {
        var ours = member.StartsWith("ot=", StringComparison.Ordinal);
        value = ours ? member[3..] : default;
        return ours;
    }
}
