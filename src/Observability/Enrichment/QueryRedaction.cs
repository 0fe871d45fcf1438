using System.Buffers;
using System.Text;

namespace Observability.Enrichment;

/// <summary>
/// Hides what a URL carries beside its place: user and password, the values of the query and of the fragment. Names stay. Gives the very same string when there is
/// nothing to hide, so that it allocates nothing for most.
/// </summary>
internal static class QueryRedaction
{
    public const string Redacted = "REDACTED";

    /// <summary>Something without '=' may be a flag or a token; a flag is short.</summary>
    private const int LongestFlag = 32;

    private static readonly SearchValues<char> Separators = SearchValues.Create("&;#");

    /// <summary>A whole URL, or a path with a query.</summary>
    public static string Url(string url)
    {
        var query = url.AsSpan().IndexOfAny('?', '#');
        var place = query < 0 ? url.AsSpan() : url.AsSpan(0, query);
        var (start, end) = UserInfo(place);
        var clean = end == start || IsHidden(place[start..end]);
        if (clean && (query < 0 || IsClean(url.AsSpan(query + 1)))) return url;

        var text = new StringBuilder(url.Length + 32);
        if (clean) text.Append(place);
        else text.Append(place[..start]).Append(place[start..end].Contains(':') ? $"{Redacted}:{Redacted}" : Redacted).Append(place[end..]);
        if (query >= 0) Append(text.Append(url[query]), url.AsSpan(query + 1));
        return text.ToString();
    }

    /// <summary>A query by itself, with or without its question mark.</summary>
    public static string Query(string query)
    {
        var start = query.StartsWith('?') ? 1 : 0;
        if (IsClean(query.AsSpan(start))) return query;
        var text = new StringBuilder(query.Length + 32).Append(query, 0, start);
        Append(text, query.AsSpan(start));
        return text.ToString();
    }

    private static (int Start, int End) UserInfo(ReadOnlySpan<char> place)
    {
        var scheme = place.IndexOf("://");
        if (scheme < 0) return default;
        var start = scheme + 3;
        var slash = place[start..].IndexOf('/');
        var authority = slash < 0 ? place[start..] : place.Slice(start, slash);
        var at = authority.LastIndexOf('@');
        return at <= 0 ? default : (start, start + at);
    }

    private static bool IsHidden(ReadOnlySpan<char> user) => user.SequenceEqual(Redacted) || user.SequenceEqual($"{Redacted}:{Redacted}") || user.SequenceEqual("***");

    private static bool IsClean(ReadOnlySpan<char> query)
    {
        foreach (var range in query.SplitAny(Separators))
            if (Hides(query[range]) >= 0) return false;
        return true;
    }

    /// <summary>Where in the part the value to hide begins; -1 when there is none. "*" is what .NET writes for what it has hidden.</summary>
    private static int Hides(ReadOnlySpan<char> part)
    {
        var equals = part.IndexOf('=');
        if (equals < 0) return part.Length > LongestFlag ? 0 : -1;
        var value = part[(equals + 1)..];
        return value.IsEmpty || value is "*" || value.SequenceEqual(Redacted) ? -1 : equals + 1;
    }

    private static void Append(StringBuilder text, ReadOnlySpan<char> query)
    {
        foreach (var range in query.SplitAny(Separators))
        {
            var part = query[range];
            var value = Hides(part);
            if (value < 0) text.Append(part);
            else text.Append(part[..value]).Append(Redacted);
            if (range.End.Value < query.Length) text.Append(query[range.End.Value]);
        }
    }
}
