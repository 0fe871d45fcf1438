using System.Collections.Concurrent;
using System.Diagnostics;
using Observability.Ebpf.Connections;
using Observability.Ebpf.HttpClients;
using Observability.Ebpf.Native;
using Observability.Ebpf.Tagging;

namespace Observability.Ebpf.Libraries;

/// <summary>
/// Npgsql, whose spans name the connection they ran on (<c>db.npgsql.connection_id</c>): the span <c>CONNECT</c> is where its socket was created, so
/// every later span with the same number ran on that socket.
/// </summary>
internal sealed class NpgsqlSpans(ClientConnections opened, ConnectionOpenings openings)
{
    public const string Source = "Npgsql";

    private const string Connect = "CONNECT";
    private const string Number = "db.npgsql.connection_id";

    /// <summary>A server gives at most a few thousand connections; what is beyond is not kept.</summary>
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<(object? Server, object? Port, object Number), TcpConnection> _connections = new();

    public void Begin(Activity span)
    {
        if (span.OperationName.StartsWith(Connect, StringComparison.Ordinal)) openings.Begin(span);
    }

    public void Complete(Activity span)
    {
        if (openings.Flow == span) openings.End();
        if (span.GetTagItem(Number) is not { } number || span.GetTagItem(ConnectionAttributes.Cookie) is not null) return;
        var key = (span.GetTagItem("server.address"), span.GetTagItem("server.port"), number);
        if (opened.OpenedUnder(span) is { } connection)
        {
            if (_connections.Count >= Most) ForgetClosed();
            if (_connections.Count < Most) _connections[key] = connection;
        }
        else if (!_connections.TryGetValue(key, out connection)) return;
        ConnectionAttributes.Write(span, connection);
    }

    private void ForgetClosed()
    {
        foreach (var (key, connection) in _connections)
            if (KernelSocket.Cookie(connection.Descriptor) != connection.Cookie) _connections.TryRemove(key, out _);
    }
}
