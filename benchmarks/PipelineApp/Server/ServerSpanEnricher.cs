using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace PipelineApp.Server;

/// <summary>What ASP.NET Core leaves off its server spans: status code, route, name, protocol version, error.</summary>
internal sealed class ServerSpanEnricher : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private const string Request = "Microsoft.AspNetCore.Hosting.HttpRequestIn";
    private const string Stop = Request + ".Stop";

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.AspNetCore") value.Subscribe(this, static name => name is Request or Request + ".Start" or Stop);
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key != Stop || value.Value is not HttpContext context) return;
        if (Activity.Current is not { IsAllDataRequested: true } span) return;

        var status = context.Response.StatusCode;
        span.SetTag("http.response.status_code", status);
        span.SetTag("network.protocol.version", Version(context.Request.Protocol));
        if (context.Features.Get<IEndpointFeature>()?.Endpoint is RouteEndpoint { RoutePattern.RawText: { } route })
        {
            span.SetTag("http.route", route);
            span.DisplayName = context.Request.Method + " " + route;
        }
        if (status >= 500)
        {
            span.SetTag("error.type", status.ToString(System.Globalization.CultureInfo.InvariantCulture));
            span.SetStatus(ActivityStatusCode.Error);
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    private static string Version(string protocol) => protocol switch
    {
        "HTTP/1.1" => "1.1",
        "HTTP/2" => "2",
        "HTTP/3" => "3",
        _ => protocol,
    };
}
