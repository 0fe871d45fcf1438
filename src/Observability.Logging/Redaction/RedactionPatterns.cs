using System.Text.RegularExpressions;

namespace Observability.Logging;

/// <summary>Replaces what the configured patterns match. Linear in the text's length whatever the text.</summary>
internal sealed class RedactionPatterns
{
    private readonly Regex[] _patterns;
    private readonly string _replacement;

    public RedactionPatterns(RedactionOptions options)
    {
        _patterns = options.Patterns.Select(Compile).ToArray();
        // In a replacement a dollar begins a substitution.
        _replacement = options.Replacement.Replace("$", "$$", StringComparison.Ordinal);
    }

    public bool Any => _patterns.Length > 0;

    public string Apply(string text)
    {
        foreach (var pattern in _patterns) text = pattern.Replace(text, _replacement);
        return text;
    }

    public static Regex Compile(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
