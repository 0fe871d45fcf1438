using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Observability.Sources.HttpClientPeer;

/// <summary>
/// The other end of connections with one <see cref="PeerKey"/>. The port is known only when it has been verified: through a proxy the address is the proxy's, but
/// the port that HttpClient tells is the origin's.
/// </summary>
internal sealed class Peer(PeerKey key)
{
    private const int MostVerifications = 2;
    private readonly IPAddress? _address = Parse(key.Address);
    private readonly Lock _looking = new();
    private int _verifications;
    private int _open;

    public PeerKey Key => key;

    /// <summary>Without the mark of an IPv4 address in an IPv6 socket.</summary>
    public string Address { get; } = Parse(key.Address)?.ToString() ?? key.Address;

    /// <summary>Boxed once; null when it is not known.</summary>
    public object? Port { get; private set; }

    public bool IsOpen => Volatile.Read(ref _open) > 0;

    public void Count(long change) => Interlocked.Add(ref _open, (int)change);

    /// <summary>
    /// Looks, when a connection has just been made, whether the machine has one to that very address and port. The kernel takes milliseconds to list its connections, so this
    /// is done once a peer, and once more for one whose connections were not found; QUIC needs no look, for .NET never sends it through a proxy.
    /// </summary>
    public void Verify(Func<IEnumerable<IPEndPoint>> connections)
    {
        if (Port is not null || key.Port <= 0 || _address is null) return;
        // Requests that start at once wait for the first one's look instead of going without a port.
        lock (_looking)
        {
            if (Port is not null || ++_verifications > MostVerifications) return;
            if (key.Protocol == "3" || IsAmong(connections)) Port = key.Port;
        }
    }

    private bool IsAmong(Func<IEnumerable<IPEndPoint>> connections)
    {
        try
        {
            return connections().Any(end => end.Port == key.Port && Normal(end.Address).Equals(_address));
        }
        catch (Exception exception) when (exception is NetworkInformationException or IOException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            // The machine does not tell: an unknown port is left away.
            return false;
        }
    }

    private static IPAddress? Parse(string text) => IPAddress.TryParse(text, out var address) ? Normal(address) : null;

    /// <summary>An IPv4 address as such, and without the scope that a link-local one carries on one side only.</summary>
    private static IPAddress Normal(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId != 0 ? new IPAddress(address.GetAddressBytes()) : address;
    }
}
