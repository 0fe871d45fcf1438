using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Observability.AspNetCore.Enrichment;

/// <summary>What is known when a request has been answered.</summary>
internal sealed class ResponseAttributes(bool recordExceptions)
{
    private readonly BoxedNumbers _statuses = new();
    private readonly SpanNames _names = new();

    public void AddTo(Activity activity, HttpContext context)
    {
        var status = context.Response.StatusCode;
        var method = HttpMethods.Known(context.Request.Method);
        if (Routes.Of(context) is { } route)
        {
            activity.SetTag("http.route", route);
            activity.DisplayName = _names.Of(method ?? "HTTP", route);
        }
        else
        {
            activity.DisplayName = method ?? "HTTP";
        }
        activity.SetTag("http.response.status_code", _statuses.Box(status));
        if (context.Connection.RemoteIpAddress is { } client) activity.SetTag("client.address", RequestAttributes.Text(client));

        // An exception handler of the application's answered; the exception is the cause all the same.
        if (context.Features.Get<IExceptionHandlerFeature>()?.Error is { } error && activity.GetTagItem("error.type") is null) Record(activity, error, status);
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
}
