using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace Observability.AutoInstrumentation.Logs;

/// <summary>The scopes of all hosts of the process. Those of another host than the one that logs are empty on its flow of execution.</summary>
internal sealed class HostScopes : IExternalScopeProvider
{
    private ImmutableArray<IExternalScopeProvider> _hosts = [];

    public void Add(object host)
    {
        if (host is IExternalScopeProvider scopes) ImmutableInterlocked.Update(ref _hosts, static (hosts, scopes) => hosts.Contains(scopes) ? hosts : hosts.Add(scopes), scopes);
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
