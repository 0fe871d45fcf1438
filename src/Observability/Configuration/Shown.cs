namespace Observability.Configuration;

/// <summary>A value as a message may show it: without the credentials that an address, and the key that a text in place of its file may hold.</summary>
internal static class Shown
{
    private const string Hidden = "***";

    public static string Value(string? value)
    {
        if (value is null) return "null";
        if (value.StartsWith("-----BEGIN", StringComparison.Ordinal)) return "the content of a file";
        return $"'{WithoutQuery(WithoutUser(value))}'";
    }

    private static string WithoutUser(string value)
    {
        var scheme = value.IndexOf("://", StringComparison.Ordinal);
        var start = scheme < 0 ? 0 : scheme + "://".Length;
        var end = value.LastIndexOf('@');
        if (end < start) return value;
        // Behind a question mark it may be the query that holds the sign.
        return value[..start] + Hidden + (value.AsSpan(start, end - start).Contains('?') ? "" : value[end..]);
    }

    private static string WithoutQuery(string value)
    {
        var query = value.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? value : value[..(query + 1)] + Hidden;
    }
}
