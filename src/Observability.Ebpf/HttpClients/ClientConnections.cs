using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Runtime.CompilerServices;
using Observability.Ebpf.Connections;
using Observability.Ebpf.Diagnostics;
using Observability.Ebpf.Native;
using Observability.Ebpf.Slots;
using Observability.Ebpf.Tagging;

namespace Observability.Ebpf.HttpClients;

/// <summary>
/// From a request to its socket. HttpClient tells on the request's own flow which connection (by number) carries it, and when a connection was
/// established, on the flow of the request that caused it; the sockets layer tells on that same flow which descriptor it created.
/// </summary>
internal sealed class ClientConnections(EbpfCounts counts, ConnectionOpenings openings, Publisher publisher, Action<Activity, TcpConnection> carried)
{
    public const string Request = "System.Net.Http.HttpRequestOut";

    /// <summary>Connections whose end was never told would otherwise stay for good.</summary>
    private const int Most = 65_536;

    private readonly ConditionalWeakTable<object, SocketsOfFlow> _created = [];
    private readonly ConcurrentDictionary<long, TcpConnection> _connections = new();
    private int _socketsHeard;
    private int _complained;

    public void SocketCreated(int descriptor)
    {
        Volatile.Write(ref _socketsHeard, 1);
        if (Flow() is not { } flow || !KernelSocket.IsTcp(descriptor)) return;
        var cookie = KernelSocket.Cookie(descriptor);
        if (cookie == 0) return;
        _created.GetOrCreateValue(flow).Created(new NewSocket(descriptor, cookie));
        // Before it connects: already the first packet's loss is the span's.
        if (publisher.Bind(descriptor, cookie) is { } slot && flow is Activity { IsAllDataRequested: true, IdFormat: ActivityIdFormat.W3C } span)
        {
            publisher.Live.Add(span);
            slot.Publish(span, SlotEntry.UnknownOffset);
        }
    }

    public void Connecting(IPEndPoint target)
    {
        if (Flow() is { } flow && _created.TryGetValue(flow, out var sockets)) sockets.Connecting(target);
    }

    /// <param name="id">HttpClient's number of the connection.</param>
    /// <param name="isShared">Whether several requests may use it side by side.</param>
    /// <param name="peer">Where it goes to.</param>
    public void Established(long id, bool isShared, IPAddress? peer)
    {
        var flow = Flow();
        // A connection that belongs to no request, such as an exporter's, is not listened for, and its silence means nothing.
        if (flow is not null && Volatile.Read(ref _socketsHeard) == 0 && Interlocked.Exchange(ref _complained, 1) == 0)
            EbpfEventSource.Log.SocketsUnheard(Environment.Version.ToString());
        if (flow is not null && _created.TryGetValue(flow, out var sockets) && sockets.Established(peer) is { } connection)
        {
            counts.ConnectionKnown();
            connection.Slot = publisher.Bind(connection.Descriptor, connection.Cookie);
            if (isShared && connection.Slot is { } slot) slot.IsShared = true;
            if (_connections.Count < Most) _connections[id] = connection;
            return;
        }
        counts.ConnectionUnknown();
    }

    public void Closed(long id) => _connections.TryRemove(id, out _);

    /// <summary>A request's headers are about to be written to the connection.</summary>
    public void Carries(long id)
    {
        if (CurrentRequest() is not { IsAllDataRequested: true } span) return;
        if (_connections.TryGetValue(id, out var connection)) carried(span, connection);
    }

    /// <summary>A request that failed before any connection carried it still tells whom it tried to reach.</summary>
    public void Complete(Activity span)
    {
        if (span.GetTagItem(ConnectionAttributes.Cookie) is not null || !_created.TryGetValue(span, out var sockets)) return;
        if (span.Status == ActivityStatusCode.Error && sockets.LastAttempt() is { } attempt) ConnectionAttributes.Write(span, attempt);
    }

    /// <summary>The only connection that was opened in the span's flow and is not HttpClient's.</summary>
    public TcpConnection? OpenedUnder(Activity span) => _created.TryGetValue(span, out var sockets) ? sockets.OnlyConnected() : null;

    private object? Flow() => openings.Flow ?? (object?)CurrentRequest() ?? Activity.Current;

    public static Activity? CurrentRequest() => RequestOf(Activity.Current);

    /// <summary>An application that listens to .NET's experimental sources has their spans between the request's and what is current.</summary>
    public static Activity? RequestOf(Activity? span)
    {
        for (var depth = 0; span is not null && depth < 4; depth++, span = span.Parent)
            if (span.OperationName == Request) return span;
        return null;
    }
}
