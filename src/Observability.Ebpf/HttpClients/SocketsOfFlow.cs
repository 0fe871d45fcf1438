using System.Net;
using Observability.Ebpf.Connections;

namespace Observability.Ebpf.HttpClients;

/// <summary>
/// The sockets that were created in the flow of execution of one span or one request, in order. Mostly one; several when an address did not answer and the next was tried, or
/// when a client opened connections for others that were waiting.
/// </summary>
internal sealed class SocketsOfFlow
{
    /// <summary>One that opens more is a crawler's: its oldest are forgotten.</summary>
    private const int Most = 64;

    private readonly Lock _lock = new();
    private readonly List<NewSocket> _sockets = [];

    public void Created(NewSocket socket)
    {
        lock (_lock)
        {
            if (_sockets.Count == Most) _sockets.RemoveAt(0);
            _sockets.Add(socket);
        }
    }

    public void Connecting(IPEndPoint target)
    {
        lock (_lock)
        {
            if (_sockets.Count > 0) _sockets[^1].Target = target;
        }
    }

    /// <summary>The socket of a connection that a client has just established in this flow; null when more than one may be it.</summary>
    public TcpConnection? Established(IPAddress? peer)
    {
        lock (_lock)
        {
            var (free, count) = Only(peer, taken: false);
            if (count > 1) return null;
            if (count == 1)
            {
                free!.Value.Socket.IsTaken = true;
                return free.Value.Connection;
            }
            // A tunnel through a proxy is established twice over one socket: once with the proxy, once through it.
            var (tunnel, tunnels) = Only(peer, taken: true);
            return tunnels == 1 ? tunnel!.Value.Connection : null;
        }
    }

    /// <summary>The last attempt to connect, for a request that never got a connection.</summary>
    public TcpConnection? LastAttempt()
    {
        lock (_lock) return _sockets.Count == 0 || _sockets[^1].IsTaken ? null : _sockets[^1].Attempt();
    }

    public TcpConnection? OnlyConnected()
    {
        lock (_lock)
        {
            var (socket, count) = Only(null, taken: false);
            return count == 1 ? socket!.Value.Connection : null;
        }
    }

    private ((NewSocket Socket, TcpConnection Connection)? Found, int Count) Only(IPAddress? peer, bool taken)
    {
        (NewSocket, TcpConnection)? found = null;
        var count = 0;
        var address = peer?.ToString();
        foreach (var socket in _sockets)
        {
            if (socket.IsTaken != taken || socket.Connected() is not { } connection || (address is not null && connection.PeerAddress != address)) continue;
            found = (socket, connection);
            count++;
        }
        return (found, count);
    }
}
