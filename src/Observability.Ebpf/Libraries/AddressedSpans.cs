using System.Diagnostics;
using Observability.Ebpf.Connections;
using Observability.Ebpf.Native;
using Observability.Ebpf.Tagging;

namespace Observability.Ebpf.Libraries;

/// <summary>
/// Libraries that write both ends of their connection themselves, as RabbitMQ's client does: the addresses find the socket among those of this process.
/// </summary>
internal sealed class AddressedSpans(TimeProvider time)
{
    /// <summary>Spans whose socket is none of this process's must not have it search all the time.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(20);

    private readonly Lock _searching = new();
    private volatile Dictionary<(string Local, int LocalPort, string Peer, int PeerPort), TcpConnection> _found = [];
    private long? _searchedAt;

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
        if (Known(ends) is { } known) return known;
        lock (_searching)
        {
            if (_searchedAt is { } at && time.GetElapsedTime(at) < Rest) return Known(ends);
            var found = new Dictionary<(string, int, string, int), TcpConnection>();
            foreach (var connection in ProcessSockets.Connections())
            {
                if (connection is { LocalAddress: { } local, PeerAddress: { } peer }) found[(local, (int)connection.LocalPort!, peer, (int)connection.PeerPort!)] = connection;
            }
            _found = found;
            _searchedAt = time.GetTimestamp();
            return Known(ends);
        }
    }

    private TcpConnection? Known((string, int, string, int) ends) =>
        _found.TryGetValue(ends, out var known) && KernelSocket.Cookie(known.Descriptor) == known.Cookie ? known : null;
}
