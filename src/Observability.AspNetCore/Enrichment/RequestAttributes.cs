using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Http;

namespace Observability.AspNetCore.Enrichment;

/// <summary>What is known when a request arrives.</summary>
internal sealed class RequestAttributes(KnownMethods methods, OriginalRequest original, BoxedNumbers ports)
{
    public void AddTo(Activity activity, HttpContext context)
    {
        // With the AppContext switch off (for path rules, and the default from .NET 11 on) ASP.NET Core has put the rest there already.
        if (activity.GetTagItem("url.path") is not { } path) AddRequest(activity, context.Request);
        else Correct(activity, context.Request, path);
        if (context.Request.QueryString is { HasValue: true, Value: { Length: > 1 } query }) activity.AddTag("url.query", query[1..]);
        if (HttpVersions.Of(context.Request.Protocol) is { } version) activity.AddTag("network.protocol.version", version);
        // The peer is who the socket is connected to, whatever a proxy's headers say of the client later.
        if (context.Connection.RemoteIpAddress is not { } address) return;
        activity.AddTag("network.peer.address", Text(address));
        activity.AddTag("network.peer.port", ports.Box(context.Connection.RemotePort));
    }

    /// <summary>An IPv4 client of a dual-stack socket is told as the IPv4 address that other tools print.</summary>
    public static string Text(IPAddress address) => (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();

    private void AddRequest(Activity activity, HttpRequest request)
    {
        var method = methods.Known(request.Method) ?? KnownMethods.Other;
        activity.AddTag("http.request.method", method);
        if (method != request.Method) activity.AddTag("http.request.method_original", request.Method);
        activity.AddTag("url.path", UrlPath.Of(request));
        original.AddTo(activity, request);
        if (request.Headers.UserAgent is { Count: > 0 } agent && agent[0] is { Length: > 0 } name) activity.AddTag("user_agent.original", name);
    }

    /// <summary>The framework knows methods of its own, and encodes the decoded path anew.</summary>
    private void Correct(Activity activity, HttpRequest request, object written)
    {
        var path = UrlPath.Of(request);
        if (written as string != path) activity.SetTag("url.path", path);
        var method = methods.Known(request.Method) ?? KnownMethods.Other;
        if (activity.GetTagItem("http.request.method") as string == method) return;
        activity.SetTag("http.request.method", method);
        activity.SetTag("http.request.method_original", method == request.Method ? null : request.Method);
    }
}
