using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Observability.AspNetCore.Enrichment;

/// <summary>
/// The scheme and the host that the client used, for the conventions mean its request, not the proxy's. The application knows them once
/// its middleware has read the proxy's headers.
/// </summary>
internal sealed class OriginalRequest(BoxedNumbers ports)
{
    public void AddTo(Activity activity, HttpRequest request)
    {
        activity.AddTag("url.scheme", request.Scheme);
        if (!request.Host.HasValue) return;
        var host = HostParts.Of(request.Host);
        activity.AddTag("server.address", host.Name);
        activity.AddTag("server.port", ports.Box(host.Port ?? Usual(request.Scheme)));
    }

    /// <summary>Writes again what has changed since <see cref="AddTo"/>.</summary>
    public void Update(Activity activity, HttpRequest request, in CarriedAttributes carried)
    {
        if (carried.Scheme != request.Scheme) activity.SetTag("url.scheme", request.Scheme);
        if (!request.Host.HasValue || HostParts.Match(request.Host.Value, carried.Server, carried.Port, Usual(request.Scheme))) return;
        var host = HostParts.Of(request.Host);
        activity.SetTag("server.address", host.Name);
        activity.SetTag("server.port", ports.Box(host.Port ?? Usual(request.Scheme)));
    }

    private static int Usual(string scheme) => scheme == Uri.UriSchemeHttps ? 443 : 80;
}
