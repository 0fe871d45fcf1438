using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Observability.Prometheus;

namespace Observability.AspNetCore.Exposition;

/// <summary>
/// Answers scrapes on the application's own port where nothing of the application does: its endpoints, its authorization and
/// its other middleware come first, and only a request that they leave unanswered is taken for a scrape.
/// </summary>
internal sealed class ApplicationPortFilter(IOptions<ObservabilityOptions> options) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => application =>
    {
        var observability = options.Value;
        var wanted = observability is { Enabled: true, Metrics.Enabled: true, Prometheus: { Enabled: true, OnApplicationPort: true } }
            && (observability.Metrics.Exporters.Count == 0 || observability.Metrics.Exporters.Contains("prometheus", StringComparer.OrdinalIgnoreCase));
        if (wanted) Use(application, observability.Prometheus.Path);
        next(application);
        if (wanted) UseLast(application, observability.Prometheus.Path);
    };

    private static void Use(IApplicationBuilder application, PathString path)
    {
        var endpoint = new PrometheusScrapeEndpoint(application.ApplicationServices.GetRequiredService<PrometheusResponder>());
        application.Use(following => context => context.Request.Path.Equals(path) ? AnswerLast(context, following, endpoint) : following(context));
    }

    /// <summary>Behind everything of the application's: a page for what is not found would be written before <see cref="AnswerLast"/> has its turn.</summary>
    private static void UseLast(IApplicationBuilder application, PathString path) =>
        application.Use(following => context =>
        {
            if (context.Request.Path.Equals(path) && context.GetEndpoint() is null && context.Features.Get<IStatusCodePagesFeature>() is { } pages) pages.Enabled = false;
            return following(context);
        });

    private static async Task AnswerLast(HttpContext context, RequestDelegate following, PrometheusScrapeEndpoint endpoint)
    {
        await following(context);
        if (context.Response is { StatusCode: StatusCodes.Status404NotFound, HasStarted: false } && context.GetEndpoint() is null) await endpoint.Answer(context);
    }
}
