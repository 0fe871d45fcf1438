using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Observability.AspNetCore.Enrichment;

/// <summary>A Host header's name and port; kept for the thread's next request, which mostly has the same.</summary>
internal sealed class HostParts
{
    [ThreadStatic]
    private static HostParts? t_last;

    private readonly string _header;

    private HostParts(HostString host) => (_header, Name, Port) = (host.Value ?? "", host.Host is ['[', .. var address, ']'] ? address : host.Host, host.Port);

    /// <summary>An IPv6 address without the brackets, which belong to the URL.</summary>
    public string Name { get; }

    public int? Port { get; }

    public static HostParts Of(HostString host) =>
        t_last is { } last && string.Equals(last._header, host.Value, StringComparison.Ordinal) ? last : t_last = new HostParts(host);

    /// <summary>Whether a header says this name and port, told without taking it apart: a request ends on any thread, which may keep another header.</summary>
    public static bool Match(ReadOnlySpan<char> header, ReadOnlySpan<char> name, int? port, int usualPort)
    {
        if (header.StartsWith('[') && header.IndexOf(']') is var end and > 0)
        {
            if (!header[1..end].SequenceEqual(name)) return false;
            header = header[(end + 1)..];
        }
        else
        {
            if (!header.StartsWith(name)) return false;
            header = header[name.Length..];
        }
        return header.IsEmpty ? port == usualPort : header[0] == ':' && int.TryParse(header[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var said) && port == said;
    }
}
