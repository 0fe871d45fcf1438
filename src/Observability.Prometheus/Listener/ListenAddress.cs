using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Observability.Prometheus;

/// <summary>The addresses that a host name in the options stands for.</summary>
internal static class ListenAddress
{
    public static bool TryParse(string? host, [NotNullWhen(true)] out IPAddress[]? addresses)
    {
        addresses = host switch
        {
            "localhost" => [IPAddress.Loopback, IPAddress.IPv6Loopback],
            "*" or "+" => [IPAddress.IPv6Any],
            _ => IPAddress.TryParse(host, out var address) ? [address] : null,
        };
        return addresses is not null;
    }
}
