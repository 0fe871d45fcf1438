using System.Diagnostics;

namespace Observability.AspNetCore.Enrichment;

/// <summary>What a span carries already of what its end writes: to look for each attribute costs a search, to pass all of them once does not.</summary>
internal readonly struct CarriedAttributes
{
    public bool Route { get; private init; }

    public bool Status { get; private init; }

    public bool Client { get; private init; }

    public string? Scheme { get; private init; }

    public string? Server { get; private init; }

    public int? Port { get; private init; }

    public static CarriedAttributes Of(Activity activity)
    {
        var (route, status, client) = (false, false, false);
        string? scheme = null, server = null;
        int? port = null;
        foreach (ref readonly var tag in activity.EnumerateTagObjects())
        {
            switch (tag.Key)
            {
                case "http.route": route = true; break;
                case "http.response.status_code": status = true; break;
                case "client.address": client = true; break;
                case "url.scheme": scheme = tag.Value as string; break;
                case "server.address": server = tag.Value as string; break;
                case "server.port": port = tag.Value as int?; break;
            }
        }
        return new CarriedAttributes { Route = route, Status = status, Client = client, Scheme = scheme, Server = server, Port = port };
    }
}
