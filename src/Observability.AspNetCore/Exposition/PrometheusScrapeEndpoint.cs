using Microsoft.AspNetCore.Http;
using Observability.Prometheus;

namespace Observability.AspNetCore.Exposition;

/// <summary>Carries a scrape between ASP.NET Core and the responder.</summary>
internal sealed class PrometheusScrapeEndpoint(PrometheusResponder responder)
{
    public async Task Answer(HttpContext context)
    {
        var headers = context.Request.Headers;
        var request = new PrometheusRequest
        {
            Method = context.Request.Method,
            Accept = headers.Accept,
            AcceptEncoding = headers.AcceptEncoding,
            ScrapeTimeoutSeconds = headers["X-Prometheus-Scrape-Timeout-Seconds"],
            Names = context.Request.Query.TryGetValue("name[]", out var names) ? [.. names.OfType<string>()] : null,
        };
        try
        {
            using var response = await responder.RespondAsync(request, context.RequestAborted).ConfigureAwait(false);
            Describe(response, context.Response);
            await response.WriteToAsync(context.Response.BodyWriter, context.RequestAborted).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The server stopped waiting; there is nobody to answer.
        }
    }

    private static void Describe(PrometheusResponse from, HttpResponse to)
    {
        to.StatusCode = from.StatusCode;
        to.ContentType = from.ContentType;
        to.ContentLength = from.ContentLength;
        if (from.ContentEncoding is { } encoding) to.Headers.ContentEncoding = encoding;
        if (from.Vary is { } vary) to.Headers.Vary = vary;
        if (from.Allow is { } allow) to.Headers.Allow = allow;
    }
}
