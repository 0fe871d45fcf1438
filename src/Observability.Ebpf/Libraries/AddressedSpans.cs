using System.Collections.Concurrent;
using System.Diagnostics;
using Observability.Ebpf.Connections;
using Observability.Ebpf.Native;
using Observability.Ebpf.Tagging;

namespace Observability.Ebpf.Libraries;

/// <summary>
/// Libraries that write both ends of their connection themselves, as RabbitMQ's client does: the addresses find the socket among those that this process created.
/// </summary>
internal sealed class AddressedSpans
{
    private readonly ConcurrentDictionary<int, ulong> _created = new();
    private readonly ConcurrentDictionary<(string Local, int LocalPort, string Peer, int PeerPort), TcpConnection> _found = new();

    /// <summary>The kernel gives the lowest free descriptor, so the table is no larger than the most sockets that were ever open at once.</summary>
    public void SocketCreated(int descriptor)
    {
        if (KernelSocket.IsTcp(descriptor) && KernelSocket.Cookie(descriptor) is not 0 and var cookie) _created[descriptor] = cookie;
    }

    public void Complete(Activity span)
    {
        if (span.GetTagItem(ConnectionAttributes.Cookie) is not null) return;
        if (Ends(span) is { } ends && Find(ends) is { } connection) ConnectionAttributes.Write(span, connection);
    }

    private static (string, int, string, int)? Ends(Activity span)
    {
        if (span.GetTagItem(ConnectionAttributes.LocalPort) is not int localPort || span.GetTagItem(ConnectionAttributes.PeerPort) is not int peerPort) return null;
        if (span.GetTagItem(ConnectionAttributes.LocalAddress) is not string local || span.GetTagItem(ConnectionAttributes.PeerAddress) is not string peer) return null;
        return (Plain(local), localPort, Plain(peer), peerPort);
    }

    private static string Plain(string address) => address.StartsWith("::ffff:", StringComparison.OrdinalIgnoreCase) ? address[7..] : address;

    private TcpConnection? Find((string Local, int LocalPort, string Peer, int PeerPort) ends)
    {
        if (_found.TryGetValue(ends, out var known) && KernelSocket.Cookie(known.Descriptor) == known.Cookie) return known;
        foreach (var (descriptor, cookie) in _created)
        {
            if (KernelSocket.Cookie(descriptor) != cookie) _created.TryRemove(new KeyValuePair<int, ulong>(descriptor, cookie));
            if (TcpConnection.Of(descriptor, cookie) is not { } connection) continue;
            if (connection.LocalAddress != ends.Local || !Equals(connection.LocalPort, ends.LocalPort) || connection.PeerAddress != ends.Peer || !Equals(connection.PeerPort, ends.PeerPort)) continue;
            if (_found.Count > _created.Count + 1_000) _found.Clear();
            return _found[ends] = connection;
        }
        return null;
    }
}
