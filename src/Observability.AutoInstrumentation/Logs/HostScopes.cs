using Microsoft.Extensions.Logging;

namespace Observability.AutoInstrumentation.Logs;

/// <summary>The scopes of all hosts of the process. Those of another host than the one that logs are empty on its flow of execution.</summary>
internal sealed class HostScopes : IExternalScopeProvider
{
    private readonly Lock _adding = new();
    private volatile IExternalScopeProvider[] _hosts = [];

    public void Add(object host)
    {
        if (host is not IExternalScopeProvider scopes) return;
        lock (_adding)
        {
            // Replaced, never changed: every message reads it without the lock.
            if (Array.IndexOf(_hosts, scopes) < 0) _hosts = [.. _hosts, scopes];
        }
    }

    public void ForEachScope<TState>(Action<object?, TState> callback, TState state)
    {
        foreach (var host in _hosts) host.ForEachScope(callback, state);
    }

    public IDisposable Push(object? state) => NoScope.Instance;

    private sealed class NoScope : IDisposable
    {
        public static readonly NoScope Instance = new();

        public void Dispose()
        {
            // Scopes are pushed in their hosts.
        }
    }
}
