using System.Diagnostics;
using Observability.Ebpf.Connections;

namespace Observability.Ebpf.Tagging;

/// <summary>
/// The attributes that join a span with kernel tools' output.
/// <see href="https://opentelemetry.io/docs/specs/semconv/registry/attributes/network/"/>
/// </summary>
internal static class ConnectionAttributes
{
    public const string Cookie = "network.socket.cookie";
    public const string LocalAddress = "network.local.address";
    public const string LocalPort = "network.local.port";
    public const string PeerAddress = "network.peer.address";
    public const string PeerPort = "network.peer.port";
    public const string Transport = "network.transport";

    /// <summary>The last connection wins: a request that was repeated was answered on that one.</summary>
    public static void Write(Activity activity, TcpConnection connection)
    {
        WriteOwnEnd(activity, connection);
        if (connection.PeerAddress is null) return;
        activity.SetTag(PeerAddress, connection.PeerAddress);
        activity.SetTag(PeerPort, connection.PeerPort);
    }

    /// <summary>Leaves the peer to whoever else writes it; <see cref="CompletePeer"/> comes later.</summary>
    public static void WriteOwnEnd(Activity activity, TcpConnection connection)
    {
        activity.SetTag(Cookie, connection.CookieText);
        activity.SetTag(Transport, "tcp");
        if (connection.LocalAddress is null) return;
        activity.SetTag(LocalAddress, connection.LocalAddress);
        activity.SetTag(LocalPort, connection.LocalPort);
    }

    public static void CompletePeer(Activity activity, TcpConnection connection)
    {
        if (connection.PeerAddress is null || activity.GetTagItem(PeerAddress) is not null) return;
        activity.SetTag(PeerAddress, connection.PeerAddress);
        activity.SetTag(PeerPort, connection.PeerPort);
    }
}
