using System.Globalization;
using System.Text;

namespace Observability.Prometheus.Naming;

/// <summary>Turns any text into a name that the negotiated scheme allows.</summary>
internal static class NameEscaper
{
    private const string ValuesPrefix = "U__";

    /// <summary>A metric name: letters, digits, underscores and colons.</summary>
    public static string Metric(string name, NameEscaping escaping) => Escape(name, escaping, allowColon: true);

    /// <summary>A label name: letters, digits and underscores.</summary>
    public static string Label(string name, NameEscaping escaping)
    {
        // Names that begin with two underscores belong to the server; `__name__` would rename the whole series.
        if (name.StartsWith("__", StringComparison.Ordinal)) name = "_" + name.TrimStart('_');
        var escaped = Escape(name, escaping, allowColon: false);
        return escaped.StartsWith("__", StringComparison.Ordinal) ? "_" + escaped.TrimStart('_') : escaped;
    }

    public static bool IsLegacyMetric(string name) => IsLegacy(name, allowColon: true);

    public static bool IsLegacyLabel(string name) => IsLegacy(name, allowColon: false);

    private static string Escape(string name, NameEscaping escaping, bool allowColon)
    {
        if (name.Length == 0) return "_";
        return escaping switch
        {
            NameEscaping.AllowUtf8 => WellFormed(name),
            NameEscaping.Dots => Dots(name, allowColon),
            NameEscaping.Values => Values(name, allowColon),
            _ => Underscores(name, allowColon),
        };
    }

    /// <summary>Invalid characters become underscores, runs of underscores become one.</summary>
    private static string Underscores(string name, bool allowColon)
    {
        var result = new StringBuilder(name.Length + 1);
        if (char.IsAsciiDigit(name[0])) result.Append('_');
        foreach (var character in name)
        {
            var valid = char.IsAsciiLetterOrDigit(character) || (allowColon && character == ':');
            if (valid) result.Append(character);
            else if (result.Length == 0 || result[^1] != '_') result.Append('_');
        }
        return result.ToString();
    }

    private static string Dots(string name, bool allowColon)
    {
        var result = new StringBuilder(name.Length + 8);
        foreach (var rune in name.EnumerateRunes())
        {
            if (rune.Value == '_') result.Append("__");
            else if (rune.Value == '.') result.Append("_dot_");
            else if (IsLegacy(rune.Value, result.Length == 0, allowColon)) result.Append((char)rune.Value);
            else result.Append("__");
        }
        return result.ToString();
    }

    private static string Values(string name, bool allowColon)
    {
        // A name that already looks escaped would be read back as another one.
        if (IsLegacy(name, allowColon) && !name.StartsWith(ValuesPrefix, StringComparison.Ordinal)) return name;
        var result = new StringBuilder(ValuesPrefix, name.Length + 16);
        var first = true;
        foreach (var rune in name.EnumerateRunes())
        {
            if (rune.Value == '_') result.Append("__");
            else if (IsLegacy(rune.Value, first, allowColon)) result.Append((char)rune.Value);
            else result.Append('_').Append(rune.Value.ToString("x", CultureInfo.InvariantCulture)).Append('_');
            first = false;
        }
        return result.ToString();
    }

    /// <summary>UTF-8 cannot carry a lone surrogate, and a name cannot carry a NUL past every parser.</summary>
    private static string WellFormed(string name)
    {
        var result = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes()) result.Append(rune.Value == 0 ? "\uFFFD" : rune.ToString());
        return result.ToString();
    }

    private static bool IsLegacy(string name, bool allowColon)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (!IsLegacy(name[i], i == 0, allowColon)) return false;
        }
        return name.Length > 0;
    }

    private static bool IsLegacy(int character, bool first, bool allowColon) =>
        character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_'
        || (character is >= '0' and <= '9' && !first)
        || (allowColon && character == ':');
}
