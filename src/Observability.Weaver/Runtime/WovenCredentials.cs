using System.Runtime.CompilerServices;
using System.Text;

namespace Observability.Weaver.Runtime;

/// <summary>
/// Covers the credentials in a text: values behind names that sound like secrets, as in connection strings and queries, and what stands before the
/// host in URLs. Where a value might go on it is covered on: rather too much than too little. It reads the text a fixed number of times. Copied, never run here.
/// </summary>
[CompilerGenerated]
internal static class WovenCredentials
{
    private const string Cover = "REDACTED";
    private const int LongestName = 64;

    private static readonly string[] Parts =
        ["password", "passwd", "pwd", "passphrase", "secret", "token", "apikey", "accesskey", "accountkey", "sharedkey", "privatekey", "credential", "authorization", "signature"];

    /// <summary>Names that mean a secret in a query only.</summary>
    private static readonly string[] InQueries = ["sig", "key", "code", "auth", "pass"];

    public static string Covered(string text)
    {
        if (text.Contains('=')) text = WithoutValues(text);
        return text.Contains("://", StringComparison.Ordinal) ? WithoutUsers(text) : text;
    }

    private static string WithoutValues(string text)
    {
        StringBuilder? shown = null;
        var copied = 0;
        for (var equals = text.IndexOf('='); equals >= 0; equals = text.IndexOf('=', equals + 1))
        {
            var name = WordBefore(text, equals, copied);
            if (name.Length == 0) continue;
            var nameStart = WordStart(text, equals, copied);
            var before = nameStart > 0 ? text[nameStart - 1] : '\0';
            if (!IsSecret(text, name, nameStart, before, copied)) continue;
            var start = equals + 1;
            while (start < text.Length && text[start] == ' ') start++;
            shown ??= new StringBuilder();
            shown.Append(text, copied, start - copied).Append(Cover);
            copied = before is '?' or '&' ? EndInQuery(text, start) : EndInList(text, start, before);
            equals = copied - 1;
        }
        return shown is null ? text : shown.Append(text, copied, text.Length - copied).ToString();
    }

    private static bool IsSecret(string text, string name, int nameStart, char before, int from)
    {
        foreach (var part in Parts)
            if (name.Contains(part, StringComparison.OrdinalIgnoreCase)) return true;
        if (before is '?' or '&')
        {
            foreach (var whole in InQueries)
                if (name.Equals(whole, StringComparison.OrdinalIgnoreCase)) return true;
            return false;
        }
        // "Account Key": alone, a key may be anything.
        if (before != ' ' || !name.Equals("key", StringComparison.OrdinalIgnoreCase)) return false;
        var joined = WordBefore(text, nameStart, from) + name;
        foreach (var part in Parts)
            if (joined.Contains(part, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    private static string WordBefore(string text, int end, int from)
    {
        while (end > from && text[end - 1] == ' ') end--;
        var start = WordStart(text, end, from);
        if (end - start > LongestName) start = end - LongestName;
        return text.Substring(start, end - start).Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal);
    }

    private static int WordStart(string text, int end, int from)
    {
        while (end > from && text[end - 1] == ' ') end--;
        while (end > from && (char.IsLetterOrDigit(text[end - 1]) || text[end - 1] is '_' or '-' or '.')) end--;
        return end;
    }

    private static int EndInQuery(string text, int start)
    {
        while (start < text.Length && text[start] is not ('&' or '#' or ';' or '"' or '<' or '>') && !char.IsWhiteSpace(text[start])) start++;
        return start;
    }

    /// <summary>A value may be quoted, and what follows its end without being a name and a value is taken for more of it.</summary>
    private static int EndInList(string text, int start, char before)
    {
        var end = start;
        if (start < text.Length && text[start] is '"' or '\'') end = EndOfQuotes(text, start);
        end = EndOfPart(text, end, before);
        while (end < text.Length && !IsLineEnd(text[end]))
        {
            var next = EndOfPart(text, end + 1, before);
            var part = text.AsSpan(end + 1, next - end - 1);
            if (part.Contains('=') || (part.IsWhiteSpace() && (next == text.Length || IsLineEnd(text[next])))) return end;
            end = next;
        }
        return end;
    }

    private static int EndOfPart(string text, int start, char before)
    {
        while (start < text.Length && text[start] != ';' && !IsLineEnd(text[start]) && (before != ',' || text[start] != ',')) start++;
        return start;
    }

    /// <summary>Twice is the quote itself; one that is never closed goes to the end.</summary>
    private static int EndOfQuotes(string text, int start)
    {
        var quote = text[start];
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] != quote) continue;
            if (i + 1 == text.Length || text[i + 1] != quote) return i + 1;
            i++;
        }
        return text.Length;
    }

    private static bool IsLineEnd(char character) => character is '\n' or '\r';

    private static string WithoutUsers(string text)
    {
        var shown = new StringBuilder();
        var copied = 0;
        for (var scheme = text.IndexOf("://", StringComparison.Ordinal); scheme >= 0;)
        {
            var start = scheme + 3;
            scheme = text.IndexOf("://", start, StringComparison.Ordinal);
            var end = start;
            while (end < (scheme < 0 ? text.Length : scheme) && text[end] is not ('"' or '<' or '>') && !char.IsWhiteSpace(text[end])) end++;
            var user = UserLength(text.AsSpan(start, end - start));
            if (user < 0) continue;
            shown.Append(text, copied, start - copied).Append(Cover);
            copied = start + user;
        }
        return copied == 0 ? text : shown.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>How far the user and password of an address go, which may hold what should have been escaped; negative when it has none.</summary>
    private static int UserLength(ReadOnlySpan<char> address)
    {
        var last = address.LastIndexOf('@');
        if (last < 0) return last;
        var path = address.IndexOfAny('/', '?', '#');
        if (path < 0 || address.IndexOf('@') < path) return last;
        // The "@" is in the path, unless what stands there is no port.
        var host = address[..path];
        var port = host.LastIndexOf(':');
        if (port < 0 || host.EndsWith("]")) return -1;
        if (path - port > 6) return last;
        var digits = host[(port + 1)..];
        if (digits.Length == 0) return last;
        foreach (var digit in digits)
            if (digit is < '0' or > '9') return last;
        return -1;
    }
}
