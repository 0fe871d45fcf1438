using System.Globalization;

namespace Observability.Prometheus.Formats;

/// <summary>Walks a comma-separated header and an element's semicolon-separated parameters, without allocating (RFC 9110, 5.6).</summary>
internal static class HeaderList
{
    /// <summary>Cuts the next element off; commas inside quotes do not separate.</summary>
    public static ReadOnlySpan<char> Next(scoped ref ReadOnlySpan<char> rest, char separator)
    {
        var quoted = false;
        for (var i = 0; i < rest.Length; i++)
        {
            if (rest[i] == '"') quoted = !quoted;
            if (quoted || rest[i] != separator) continue;
            var element = rest[..i].Trim();
            rest = rest[(i + 1)..];
            return element;
        }
        var last = rest.Trim();
        rest = default;
        return last;
    }

    /// <summary>Splits <c>name=value</c>; the value without its quotes.</summary>
    public static (bool IsPair, int NameEnd, int ValueStart, int ValueEnd) Pair(ReadOnlySpan<char> parameter)
    {
        var equal = parameter.IndexOf('=');
        if (equal < 0) return default;
        var nameEnd = parameter[..equal].TrimEnd().Length;
        var start = equal + 1;
        var end = parameter.Length;
        while (start < end && parameter[start] == ' ') start++;
        if (end - start >= 2 && parameter[start] == '"' && parameter[end - 1] == '"') (start, end) = (start + 1, end - 1);
        return (true, nameEnd, start, end);
    }

    /// <summary>A quality from 0 to 1 in thousandths; -1 when it is none.</summary>
    public static int Quality(ReadOnlySpan<char> text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var quality) && quality is >= 0 and <= 1
            ? (int)Math.Round(quality * 1000)
            : -1;
}
