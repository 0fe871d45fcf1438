using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Observability.AspNetCore.Enrichment;

/// <summary>What is known when a request has been answered.</summary>
internal sealed class ResponseAttributes(bool recordExceptions, KnownMethods methods, OriginalRequest original)
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
        var carried = CarriedAttributes.Of(activity);
        if (names?.Route is { } route)
        {
            Put(activity, "http.route", route, carried.Route);
            activity.DisplayName = names.SpanName(method);
        }
        else
        {
            activity.DisplayName = method;
        }
        Put(activity, "http.response.status_code", _statuses.Box(status), carried.Status);
        if (context.Connection.RemoteIpAddress is { } client) Put(activity, "client.address", RequestAttributes.Text(client), carried.Client);
        original.Update(activity, context.Request, carried);

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

    private static void Put(Activity activity, string name, object value, bool replace)
    {
        if (replace) activity.SetTag(name, value);
        else activity.AddTag(name, value);
    }
}
