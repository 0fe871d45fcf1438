using System.Collections;
using System.Globalization;

namespace Observability.Export.Console;

/// <summary>Values as a person reads them: short, on one line, without control characters that would move the cursor.</summary>
internal static class ConsoleText
{
    private const int Longest = 80;
    private const int MostElements = 10;

    public static string Of(object? value)
    {
        try
        {
            return Clean(value switch
            {
                null => "",
                string text => text,
                bool flag => flag ? "true" : "false",
                IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
                IEnumerable elements => $"[{string.Join(", ", elements.Cast<object?>().Take(MostElements).Select(Of))}]",
                _ => value.ToString() ?? "",
            });
        }
        catch (Exception)
        {
            // The value's own code failed; the line is written without it.
            return "?";
        }
    }

    /// <summary>A time with three digits that matter, in the unit that suits it.</summary>
    public static string Of(TimeSpan time) => time.TotalSeconds switch
    {
        < 0.001 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMicroseconds:0} µs"),
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.##} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s"),
    };

    public static string Clean(string text)
    {
        var cut = text.Length > Longest ? string.Concat(text.AsSpan(0, Longest - 1), "…") : text;
        return cut.AsSpan().ContainsAnyInRange('\0', '\x1f') || cut.AsSpan().ContainsAnyInRange('\x7f', '\x9f')
            ? string.Concat(cut.Select(c => char.IsControl(c) ? ' ' : c))
            : cut;
    }
}
