namespace Observability.Sampling;

/// <summary>A number for "the same operation": kind, name, method and the path without its identifiers.</summary>
internal static class OperationKey
{
    private const ulong Seed = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>Never 0, so that 0 can mean an empty slot.</summary>
    public static long Of(ref SpanFacts facts)
    {
        var hash = Add(Seed, (char)facts.Parameters.Kind);
        hash = Add(hash, facts.Parameters.Name);
        if (facts.Method is { } method) hash = Add(Add(hash, '\n'), method);
        if (facts.Path is { } path) hash = AddPath(Add(hash, '\n'), path);
        hash ^= hash >> 29;
        return hash == 0 ? 1 : (long)hash;
    }

    /// <summary>A segment with a digit is taken for an identifier: /orders/17 and /orders/18 are one operation.</summary>
    private static ulong AddPath(ulong hash, ReadOnlySpan<char> path)
    {
        foreach (var range in path.Split('/'))
        {
            var segment = path[range];
            hash = Add(hash, '/');
            hash = segment.ContainsAnyInRange('0', '9') ? Add(hash, '#') : Add(hash, segment);
        }
        return hash;
    }

    private static ulong Add(ulong hash, ReadOnlySpan<char> text)
    {
        foreach (var character in text) hash = Add(hash, character);
        return hash;
    }

    private static ulong Add(ulong hash, char character) => (hash ^ character) * Prime;
}
