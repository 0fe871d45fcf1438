using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Observability.AspNetCore.Enrichment;

/// <summary>What is known when a request has been answered.</summary>
internal sealed class ResponseAttributes(bool recordExceptions, KnownMethods methods)
{
    private readonly BoxedNumbers _statuses = new();
    private readonly ConditionalWeakTable<Endpoint, EndpointNames> _endpoints = [];

    public void AddTo(Activity activity, HttpContext context)
    {
        var status = context.Response.StatusCode;
        var method = methods.Known(context.Request.Method) ?? "HTTP";
        var failed = context.Features.Get<IExceptionHandlerFeature>();
        // An exception handler that runs again replaces the endpoint: the one that failed is the one to name.
        var names = (failed?.Endpoint ?? context.GetEndpoint()) is { } endpoint ? _endpoints.GetValue(endpoint, static endpoint => new EndpointNames(endpoint)) : null;
        var set = Already(activity);
        if (names?.Route is { } route)
        {
            Put(activity, "http.route", route, set.Route);
            activity.DisplayName = names.SpanName(method);
        }
        else
        {
            activity.DisplayName = method;
        }
        Put(activity, "http.response.status_code", _statuses.Box(status), set.Status);
        if (context.Connection.RemoteIpAddress is { } client) Put(activity, "client.address", RequestAttributes.Text(client), set.Client);

        // An exception handler of the application's answered; the exception is the cause all the same.
        if (failed?.Error is { } error && activity.GetTagItem("error.type") is null) Record(activity, error, status);
        // Convention: for a server, only 5xx is its own error.
        if (status < 500) return;
        if (activity.GetTagItem("error.type") is null) activity.SetTag("error.type", status.ToString(CultureInfo.InvariantCulture));
        activity.SetStatus(ActivityStatusCode.Error);
    }

    /// <summary>Nobody in the application handled the exception.</summary>
    public void Failed(Activity activity, Exception exception)
    {
        if (activity.GetTagItem("error.type") is null) Record(activity, exception, 500);
        activity.SetStatus(ActivityStatusCode.Error);
    }

    private void Record(Activity activity, Exception exception, int status)
    {
        if (status >= 500) activity.SetTag("error.type", exception.GetType().FullName);
        if (recordExceptions) activity.AddException(exception);
    }

    /// <summary>Which of the attributes the application set itself: to replace one costs a search for each, to add one does not.</summary>
    private static (bool Route, bool Status, bool Client) Already(Activity activity)
    {
        var set = (Route: false, Status: false, Client: false);
        foreach (ref readonly var tag in activity.EnumerateTagObjects())
        {
            switch (tag.Key)
            {
                case "http.route": set.Route = true; break;
                case "http.response.status_code": set.Status = true; break;
                case "client.address": set.Client = true; break;
            }
        }
        return set;
    }

    private static void Put(Activity activity, string name, object value, bool replace)
    {
        if (replace) activity.SetTag(name, value);
        else activity.AddTag(name, value);
    }
}
