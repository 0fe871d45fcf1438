using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Observability.Ebpf.Connections;

/// <summary>Connections by their .NET socket, for as long as the socket lives.</summary>
internal sealed class SocketTable
{
    private readonly ConditionalWeakTable<Socket, TcpConnection> _connections = [];

    /// <summary>Null when the socket is not a connected TCP socket; asked again then, since it may become one.</summary>
    public TcpConnection? Find(Socket socket)
    {
        if (_connections.TryGetValue(socket, out var known)) return known;
        var connection = TcpConnection.Of(socket);
        if (connection is not null) _connections.AddOrUpdate(socket, connection);
        return connection;
    }
}
