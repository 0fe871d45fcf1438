using System.Collections.Concurrent;

namespace Observability.AspNetCore.Enrichment;

/// <summary>Span names <c>{method} {route}</c>, each made once. Routes are the application's own and few; the bound is for those that are not.</summary>
internal sealed class SpanNames
{
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<(string Method, string Route), string> _names = new();

    public string Of(string method, string route)
    {
        if (_names.TryGetValue((method, route), out var name)) return name;
        name = method + " " + route;
        if (_names.Count < Most) _names.TryAdd((method, route), name);
        return name;
    }
}
