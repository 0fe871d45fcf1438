using System.Diagnostics;

namespace Observability.Sources.HttpClientPeer;

/// <summary>The two attributes. A port stays only with its own address.</summary>
internal static class PeerAttributes
{
    public const string Address = "network.peer.address";
    public const string Port = "network.peer.port";

    public static void Write(Activity activity, Peer peer)
    {
        // A request repeated on another connection has another peer; the one before must not leave its port behind. On a tunnel's first
        // request, though, the proxy's own port was learnt a moment ago, and the address is still the proxy's.
        if (peer.Port is not null) activity.SetTag(Port, peer.Port);
        else if (activity.GetTagItem(Address) is string before && before != peer.Address) activity.SetTag(Port, null);
        activity.SetTag(Address, peer.Address);
    }
}
