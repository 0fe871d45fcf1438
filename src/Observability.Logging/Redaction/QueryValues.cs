using System.Buffers;
using System.Text;

namespace Observability.Logging;

/// <summary>
/// Hides the values of a URL's query, which is where applications put tokens; names stay. ASP.NET Core's own lines about each request carry the query
/// as the attribute <c>QueryString</c> and in their text.
/// </summary>
internal static class QueryValues
{
    /// <summary>Something without '=' may be a flag or a token; a flag is short.</summary>
    private const int LongestFlag = 32;

    private static readonly SearchValues<char> s_separators = SearchValues.Create("&;#?");
    private static readonly SearchValues<char> s_blanks = SearchValues.Create(" \t\r\n\"'");

    /// <summary>Whether an attribute of this name, folded, holds a query.</summary>
    public static bool IsName(string folded) => folded is "querystring" or "urlquery" or "httptarget";

    /// <summary>A query by itself, with or without its question mark.</summary>
    public static string Hide(string query, string replacement)
    {
        var text = new StringBuilder(query.Length + 16);
        Append(text, query, replacement);
        return text.ToString();
    }

    /// <summary>Every query in a text: what stands between a question mark and the next blank.</summary>
    public static string HideIn(string message, string replacement)
    {
        if (!message.Contains('?', StringComparison.Ordinal)) return message;
        var text = new StringBuilder(message.Length + 16);
        var rest = message.AsSpan();
        while (rest.IndexOf('?') is var start and >= 0)
        {
            text.Append(rest[..start]);
            rest = rest[start..];
            var end = rest.IndexOfAny(s_blanks);
            var query = end < 0 ? rest : rest[..end];
            Append(text, query, replacement);
            rest = rest[query.Length..];
        }
        return text.Append(rest).ToString();
    }

    private static void Append(StringBuilder text, ReadOnlySpan<char> query, string replacement)
    {
        foreach (var range in query.SplitAny(s_separators))
        {
            var part = query[range];
            var equals = part.IndexOf('=');
            if (equals >= 0 && equals < part.Length - 1) text.Append(part[..(equals + 1)]).Append(replacement);
            else if (equals < 0 && part.Length > LongestFlag) text.Append(replacement);
            else text.Append(part);
            if (range.End.Value < query.Length) text.Append(query[range.End.Value]);
        }
    }
}
