using System.Runtime.Intrinsics;

namespace Observability.Sampling;

/// <summary>
/// A pattern over a whole value in which <c>*</c> stands for any run of characters. Matching is leftmost and never
/// steps back, so a hostile value costs no more than its length times the number of stars.
/// </summary>
internal sealed class Glob
{
    private readonly string _prefix;
    private readonly string _suffix;
    private readonly string[] _middle;
    private readonly bool _exact;
    private readonly StringComparison _comparison;
    private readonly HeadGate _gate;

    public Glob(string pattern, StringComparison comparison)
    {
        var parts = pattern.Split('*');
        _comparison = comparison;
        _exact = parts.Length == 1;
        _prefix = parts[0];
        _suffix = _exact ? "" : parts[^1];
        _middle = _exact ? [] : [.. parts[1..^1].Where(part => part.Length > 0)];
        _gate = new HeadGate([_prefix]);
    }

    /// <summary>What every matching value begins with.</summary>
    public string Prefix => _prefix;

    /// <summary>Matches a value whose <see cref="TextHead"/> is known.</summary>
    public bool Matches(string value, Vector128<byte> head) => _gate.MayPass(head) && Matches(value);

    public bool Matches(ReadOnlySpan<char> value)
    {
        if (_exact) return value.Equals(_prefix, _comparison);
        if (value.Length < _prefix.Length + _suffix.Length) return false;
        if (!value.StartsWith(_prefix, _comparison) || !value.EndsWith(_suffix, _comparison)) return false;
        if (_middle.Length == 0) return true;
        var rest = value[_prefix.Length..(value.Length - _suffix.Length)];
        foreach (var part in _middle)
        {
            var at = rest.IndexOf(part, _comparison);
            if (at < 0) return false;
            rest = rest[(at + part.Length)..];
        }
        return true;
    }

    /// <summary>Whether any pattern matches; no pattern at all asks for nothing.</summary>
    public static bool AnyMatches(Glob[]? globs, string? value, Vector128<byte> head)
    {
        if (globs is null) return true;
        if (value is null) return false;
        foreach (var glob in globs)
        {
            if (glob.Matches(value, head)) return true;
        }
        return false;
    }

    /// <summary>The patterns, or null without any.</summary>
    public static Glob[]? Compile(string[] patterns, StringComparison comparison) =>
        patterns.Length == 0 ? null : [.. patterns.Select(pattern => new Glob(pattern, comparison))];
}
