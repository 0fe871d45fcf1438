using System.Collections.Concurrent;
using System.Net;

namespace Observability.Sources.HttpClientPeer;

/// <summary>The peers of this process's HTTP clients: at most 1,000, then the closed ones give way, then new ones are not kept.</summary>
internal sealed class PeerBook(Func<IPAddress, int, bool> isConnected)
{
    private const int MostPeers = 1_000;
    private readonly ConcurrentDictionary<PeerKey, Peer> _peers = new();

    public Peer? Find(in PeerKey key) => _peers.GetValueOrDefault(key);

    /// <summary>A connection has been opened. Null when the book is full.</summary>
    public Peer? Opened(in PeerKey key)
    {
        if (!_peers.TryGetValue(key, out var peer))
        {
            if (_peers.Count >= MostPeers) Forget();
            if (_peers.Count >= MostPeers) return null;
            peer = _peers.GetOrAdd(key, static key => new Peer(key));
        }
        peer.Verify(isConnected);
        return peer;
    }

    /// <summary>The only peer with open connections that speak the protocol to the server; null when there are several, or none.</summary>
    public Peer? OnlyOpen(string server, int port, string protocol)
    {
        Peer? only = null;
        foreach (var (key, peer) in _peers)
        {
            if (key.Port != port || key.Protocol != protocol || key.Server != server || !peer.IsOpen) continue;
            if (only is not null) return null;
            only = peer;
        }
        return only;
    }

    private void Forget()
    {
        foreach (var (key, peer) in _peers)
            if (!peer.IsOpen) _peers.TryRemove(key, out _);
    }
}
