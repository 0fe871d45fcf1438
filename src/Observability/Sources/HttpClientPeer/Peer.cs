using System.Net;

namespace Observability.Sources.HttpClientPeer;

/// <summary>
/// The other end of connections with one <see cref="PeerKey"/>. The port is known only when this process has connected to it: through a proxy the address is the
/// proxy's, but the port that HttpClient tells is the origin's.
/// </summary>
internal sealed class Peer
{
    private readonly PeerKey _key;
    private readonly IPAddress? _address;
    private int _open;

    public Peer(PeerKey key)
    {
        _key = key;
        _address = IPAddress.TryParse(key.Address, out var address) ? ConnectedEndPoints.Normal(address) : null;
        Address = _address?.ToString() ?? key.Address;
    }

    /// <summary>Without the mark of an IPv4 address in an IPv6 socket.</summary>
    public string Address { get; }

    /// <summary>Boxed once; null when it is not known.</summary>
    public object? Port { get; private set; }

    public bool IsOpen => Volatile.Read(ref _open) > 0;

    public void Count(long change) => Interlocked.Add(ref _open, (int)change);

    /// <summary>Takes the port for known if there is a connection to it. QUIC opens no socket that could be heard of, and .NET never sends it through a proxy.</summary>
    public void Verify(Func<IPAddress, int, bool> isConnected)
    {
        if (Port is not null || _key.Port <= 0 || _address is null) return;
        if (_key.Protocol == "3" || isConnected(_address, _key.Port)) Port = _key.Port;
    }
}
