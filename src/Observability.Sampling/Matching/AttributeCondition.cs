using System.Globalization;

namespace Observability.Sampling;

/// <summary>One attribute that must be there at start, with a value that the pattern matches.</summary>
internal sealed class AttributeCondition(string key, string pattern)
{
    private readonly Glob _glob = new(pattern, StringComparison.Ordinal);

    public string Key { get; } = key;

    public bool Holds(object? value) => value switch
    {
        null => false,
        string text => _glob.Matches(text),
        bool flag => _glob.Matches(flag ? "true" : "false"),
        string[] texts => Array.Exists(texts, text => text is not null && _glob.Matches(text)),
        ISpanFormattable number => HoldsFormatted(number),
        _ => value.ToString() is { } text && _glob.Matches(text),
    };

    private bool HoldsFormatted(ISpanFormattable value)
    {
        Span<char> text = stackalloc char[128];
        return value.TryFormat(text, out var length, default, CultureInfo.InvariantCulture) && _glob.Matches(text[..length]);
    }
}
