using Microsoft.AspNetCore.Http;

namespace Observability.AspNetCore.Enrichment;

/// <summary>A Host header's name and port; kept for the thread's next request, which mostly has the same.</summary>
internal sealed class HostParts
{
    [ThreadStatic]
    private static HostParts? t_last;

    private readonly string _header;

    private HostParts(HostString host) => (_header, Name, Port) = (host.Value ?? "", host.Host, host.Port);

    public string Name { get; }

    public int? Port { get; }

    public static HostParts Of(HostString host) =>
        t_last is { } last && string.Equals(last._header, host.Value, StringComparison.Ordinal) ? last : t_last = new HostParts(host);
}
