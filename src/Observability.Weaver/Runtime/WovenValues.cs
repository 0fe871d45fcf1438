using System.Globalization;

namespace Observability.Weaver.Runtime;

/// <summary>How a parameter's value becomes an attribute: bounded, without the credentials that connection strings and URLs carry. Copied, never run here.</summary>
internal static class WovenValues
{
    private const int Longest = 256;

    public static object? Shown(object? value)
    {
        if (value is null or bool or byte or sbyte or short or ushort or int or uint or long or float or double) return value;
        var text = value as string ?? (value is IFormattable formattable ? formattable.ToString(null, CultureInfo.InvariantCulture) : value.ToString());
        return text is null ? null : Bounded(WithoutCredentials(text));
    }

    public static string Bounded(string? text) => text is null ? "" : text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Longest), "…");

    private static string WithoutCredentials(string text)
    {
        text = Covered(text, "password=");
        text = Covered(text, "pwd=");
        text = Covered(text, "accountkey=");
        text = Covered(text, "secret=");
        text = Covered(text, "token=");
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0) return text;
        var at = text.IndexOf('@', scheme);
        var path = text.IndexOf('/', scheme + 3);
        return at < 0 || (path >= 0 && path < at) ? text : string.Concat(text.AsSpan(0, scheme + 3), "REDACTED", text.AsSpan(at));
    }

    private static string Covered(string text, string key)
    {
        var from = 0;
        while (true)
        {
            var start = text.IndexOf(key, from, StringComparison.OrdinalIgnoreCase);
            if (start < 0) return text;
            start += key.Length;
            var end = start;
            while (end < text.Length && text[end] != ';' && text[end] != '&' && text[end] != ' ') end++;
            text = string.Concat(text.AsSpan(0, start), "REDACTED", text.AsSpan(end));
            from = start;
        }
    }
}
