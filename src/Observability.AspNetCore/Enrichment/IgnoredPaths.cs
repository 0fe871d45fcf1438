namespace Observability.AspNetCore.Enrichment;

/// <summary>Request paths that make no spans: exact, or by prefix where the pattern ends with <c>*</c>; case does not matter.</summary>
internal sealed class IgnoredPaths
{
    private static readonly string[] Probes = ["/health*", "/livez", "/readyz", "/metrics"];

    private readonly string[] _exact;
    private readonly string[] _prefixes;

    public IgnoredPaths(IList<string> patterns)
    {
        string[] wanted = patterns.Count == 0 ? Probes : [.. patterns.Where(pattern => pattern != "none")];
        _exact = [.. wanted.Where(pattern => !pattern.EndsWith('*'))];
        _prefixes = [.. wanted.Where(pattern => pattern.EndsWith('*')).Select(pattern => pattern[..^1])];
    }

    public bool Contains(string? path)
    {
        if (path is null) return false;
        foreach (var prefix in _prefixes)
            if (path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) return true;
        foreach (var exact in _exact)
            if (string.Equals(path, exact, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
