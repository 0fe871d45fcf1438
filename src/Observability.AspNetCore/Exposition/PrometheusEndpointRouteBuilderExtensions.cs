using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Observability.AspNetCore.Exposition;
using Observability.Prometheus;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the Prometheus endpoint onto the application's own port.</summary>
public static class PrometheusEndpointRouteBuilderExtensions
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>
    /// Answers scrapes of the metrics that <c>AddPrometheus()</c> (or <c>AddObservability()</c>) exposes. It is an endpoint like any
    /// other: authorization, CORS, host filtering and rate limiting apply to it by conventions.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The route. Default: <c>/metrics</c>.</param>
    /// <exception cref="InvalidOperationException">No MeterProvider of the application exposes metrics to Prometheus.</exception>
    public static IEndpointConventionBuilder MapPrometheus(this IEndpointRouteBuilder endpoints, string pattern = "/metrics")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        var responder = endpoints.ServiceProvider.GetService<PrometheusResponder>()
            ?? throw new InvalidOperationException("MapPrometheus() found no metrics to expose: call services.AddObservability(), or AddPrometheus() on the MeterProvider's builder.");
        var endpoint = new PrometheusScrapeEndpoint(responder);
        return endpoints.MapMethods(pattern, Methods, endpoint.Answer).WithDisplayName("Prometheus metrics");
    }
}
