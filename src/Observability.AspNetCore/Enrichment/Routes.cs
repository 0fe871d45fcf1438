using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Observability.AspNetCore.Enrichment;

/// <summary>The template that a request was routed by; never its path, which has no bound.</summary>
internal static class Routes
{
    public static string? Of(HttpContext context)
    {
        // An exception handler that runs again replaces the endpoint: the one that failed is the one to name.
        var endpoint = context.Features.Get<IExceptionHandlerPathFeature>()?.Endpoint ?? context.GetEndpoint();
        var route = endpoint?.Metadata.GetMetadata<IRouteDiagnosticsMetadata>()?.Route ?? (endpoint as RouteEndpoint)?.RoutePattern.RawText;
        if (route is null) return null;
        return route.Length == 0 ? "/" : route;
    }
}
