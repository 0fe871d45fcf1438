using System.Diagnostics;
using System.Net.Sockets;
using Observability.Ebpf.Connections;
using Observability.Ebpf.Diagnostics;

namespace Observability.Ebpf.Kestrel;

/// <summary>Tags the spans of ASP.NET Core's requests with Kestrel's connection, by what ASP.NET Core itself tells its diagnostic listeners.</summary>
internal sealed class ServerSpans(SocketTable sockets, Action<Activity, TcpConnection> carried) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private const string Listener = "Microsoft.AspNetCore";
    private const string Request = "Microsoft.AspNetCore.Hosting.HttpRequestIn";
    private const string Started = Request + ".Start";

    private readonly Lock _lock = new();
    private readonly List<IDisposable> _subscriptions = [];
    private ConnectionSocket? _socket;

    public void Subscribe()
    {
        var all = DiagnosticListener.AllListeners.Subscribe(this);
        lock (_lock) _subscriptions.Add(all);
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name != Listener) return;
        var subscription = value.Subscribe(this, static (name, _, _) => name == Started);
        lock (_lock) _subscriptions.Add(subscription);
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key != Started || value.Value is null || Activity.Current is not { IsAllDataRequested: true, OperationName: Request } span) return;
        try
        {
            if (SocketOf(value.Value) is { } socket && sockets.Find(socket) is { } connection) carried(span, connection);
        }
        catch (Exception failure)
        {
            EbpfEventSource.Log.Contained("recognising Kestrel's connection", failure.GetType().FullName ?? "");
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var subscription in _subscriptions) subscription.Dispose();
            _subscriptions.Clear();
        }
    }

    private Socket? SocketOf(object context)
    {
        var socket = _socket;
        if (socket is null || !socket.Knows(context)) _socket = socket = ConnectionSocket.For(context);
        return socket.Of(context);
    }
}
