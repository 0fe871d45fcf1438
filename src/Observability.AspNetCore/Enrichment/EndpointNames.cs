using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Observability.AspNetCore.Enrichment;

/// <summary>One endpoint's route and the span names <c>{method} {route}</c> made of it, each made once.</summary>
internal sealed class EndpointNames(Endpoint endpoint)
{
    private readonly ConcurrentDictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>The template that requests are routed by; never a path, which has no bound. Null for an endpoint without one.</summary>
    public string? Route { get; } = RouteOf(endpoint);

    /// <param name="method">One of the known methods: they bound the names.</param>
    public string SpanName(string method) => _names.TryGetValue(method, out var name) ? name : _names.GetOrAdd(method, method + " " + Route);

    private static string? RouteOf(Endpoint endpoint)
    {
        var route = endpoint.Metadata.GetMetadata<IRouteDiagnosticsMetadata>()?.Route ?? (endpoint as RouteEndpoint)?.RoutePattern.RawText;
        return route is { Length: 0 } ? "/" : route;
    }
}
