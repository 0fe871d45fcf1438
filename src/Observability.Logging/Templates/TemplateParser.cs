using System.Globalization;
using System.Text;

namespace Observability.Logging;

/// <summary>
/// Parses message templates as Microsoft.Extensions.Logging does: <c>{Name}</c>, <c>{Name,Alignment}</c>, <c>{Name:Format}</c>, doubled
/// braces for braces. What it does not take for certain yields null; the message is then the one that the state's own formatter gives.
/// </summary>
internal static class TemplateParser
{
    public static Template? Parse(string source, KeyCache keys, RedactedParameters redacted)
    {
        var literals = new List<Piece>();
        var holes = new List<TemplateHole>();
        var hidden = redacted.Of(source);
        var literal = new StringBuilder();
        for (var at = 0; at < source.Length; at++)
        {
            var c = source[at];
            var doubled = at + 1 < source.Length && source[at + 1] == c;
            if (c is '{' or '}' && doubled)
            {
                literal.Append(c);
                at++;
            }
            else if (c == '{')
            {
                var close = source.IndexOf('}', at);
                if (close < 0) return null;
                var hole = Hole(source[(at + 1)..close], keys, hidden);
                if (hole is null) return null;
                literals.Add(new Piece(JsonText.Encode(literal.ToString())));
                literal.Clear();
                holes.Add(hole);
                at = close;
            }
            else if (c == '}') return null;
            else literal.Append(c);
        }
        literals.Add(new Piece(JsonText.Encode(literal.ToString())));
        return new Template(source, [.. literals], [.. holes], hidden);
    }

    private static TemplateHole? Hole(string text, KeyCache keys, HashSet<string> hidden)
    {
        if (text.Contains('{', StringComparison.Ordinal)) return null;
        var end = text.AsSpan().IndexOfAny(',', ':');
        var name = end < 0 ? text : text[..end];
        if (name.Length == 0) return null;
        var key = hidden.Contains(RedactedParameters.Fold(name)) ? keys.Hidden(name) : keys.Get(name);
        if (end < 0) return new TemplateHole(name, key, null, null);
        var rest = text[end..];
        if (rest[0] == ':') return new TemplateHole(name, key, rest.Length > 1 ? rest[1..] : null, null);
        if (!IsAlignment(rest)) return null;
        var colon = rest.IndexOf(':', StringComparison.Ordinal);
        _ = int.TryParse(colon < 0 ? rest.AsSpan(1) : rest.AsSpan(1, colon - 1), CultureInfo.InvariantCulture, out var width);
        return new TemplateHole(name, key, colon < 0 || colon == rest.Length - 1 ? null : rest[(colon + 1)..], "{0" + rest + "}", width);
    }

    /// <summary>Whether a composite format takes the text after the name, for example <c>,-10:N2</c>.</summary>
    private static bool IsAlignment(string rest)
    {
        try
        {
            _ = CompositeFormat.Parse("{0" + rest + "}");
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
