using System.Net.Sockets;

namespace Observability.Prometheus.Listener;

/// <summary>The connections that are open, no more than so many.</summary>
internal sealed class ConnectionSet(int limit)
{
    private readonly Dictionary<Socket, Task> _open = [];
    private readonly Lock _lock = new();

    /// <summary>Serves a connection in the background; false when there are too many.</summary>
    public bool TryAdd(Socket socket, Func<Socket, Task> serve)
    {
        lock (_lock)
        {
            if (_open.Count >= limit) return false;
            _open.Add(socket, Task.CompletedTask);
            _open[socket] = Task.Run(() => Run(socket, serve));
            return true;
        }
    }

    /// <summary>Waits for every connection to end; closes those that have not when the token is cancelled.</summary>
    public async Task Drain(CancellationToken cancellation)
    {
        Task[] tasks;
        lock (_lock) tasks = [.. _open.Values];
        try
        {
            await Task.WhenAll(tasks).WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Socket[] sockets;
            lock (_lock) sockets = [.. _open.Keys];
            foreach (var socket in sockets) socket.Dispose();
            await Task.WhenAll(tasks).ConfigureAwait(false);
        }
    }

    private async Task Run(Socket socket, Func<Socket, Task> serve)
    {
        try
        {
            await serve(socket).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Whatever a client does to its connection ends that connection only.
        }
        finally
        {
            socket.Dispose();
            lock (_lock) _open.Remove(socket);
        }
    }
}
