using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Observability.AutoInstrumentation.Bridge.Agent;

namespace Observability.AutoInstrumentation.Bridge.HostLogs;

/// <summary>
/// A provider that is chosen when the agent is ready. Messages before that are kept in their order, at most 1,024, and handed over then. Whoever
/// writes more waits for the agent, once and for a bounded time.
/// </summary>
internal abstract class HeldProvider : ILoggerProvider, ISupportExternalScope
{
    private const int Most = 1_024;

    private readonly AgentProcess _agent;
    private readonly Lock _lock = new();
    private Queue<HeldMessage>? _held = new();
    private volatile IExternalScopeProvider? _scopes;
    private volatile ILoggerProvider? _chosen;
    private int _lost;

    protected HeldProvider(AgentProcess agent) => _agent = agent;

    public ILogger CreateLogger(string categoryName) => new HeldLogger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider)
    {
        lock (_lock)
        {
            _scopes = scopeProvider;
            if (_chosen is { } chosen) PassScopes(chosen);
        }
    }

    /// <summary>Of the application's logger factory: a message is kept with the scopes that it was written in.</summary>
    public IExternalScopeProvider? Scopes => _scopes;

    /// <summary>The logger to write to; null while the message has to be kept.</summary>
    public ILogger? Logger(string category) => _chosen?.CreateLogger(category);

    /// <summary>Keeps the message; false when the choice has been made meanwhile. After an urgent one the process may not live long: the agent is to hurry.</summary>
    public bool TryKeep(HeldMessage message, bool isUrgent)
    {
        if (isUrgent) _agent.When.Hurry();
        if (TryEnqueue(message)) return true;
        Await();
        lock (_lock)
        {
            if (_held is null) return false;
            _lost++;
            return true;
        }
    }

    /// <summary>Waits for the choice, for a bounded time.</summary>
    public void Await() => _agent.WaitUntilSettled();

    public void Dispose()
    {
        // A host may end before the agent is ready; what it logged is not to be lost.
        if (_chosen is null && Holds()) Await();
        // The agent outlives hosts and ends with the process; a console chosen here writes what it has.
        if (_chosen is { } chosen && IsOwn(chosen)) chosen.Dispose();
    }

    protected abstract ILoggerProvider? Choose(AgentProcess agent);

    /// <summary>To be called last by constructors: the choice may be made at once.</summary>
    protected void Begin() => _agent.WhenSettled(Settle);

    private bool TryEnqueue(HeldMessage message)
    {
        lock (_lock)
        {
            if (_held is not { Count: < Most }) return false;
            _held.Enqueue(message);
            return true;
        }
    }

    private bool Holds()
    {
        lock (_lock) return _held is { Count: > 0 };
    }

    private bool IsOwn(ILoggerProvider chosen) => chosen != _agent.Service<ILoggerProvider>("json") && chosen != _agent.Service<ILoggerProvider>("otlp");

    private void Settle()
    {
        var chosen = Choose(_agent) ?? NullLoggerProvider.Instance;
        // Nobody else writes until everything kept is written: the order is the application's.
        lock (_lock)
        {
            PassScopes(chosen);
            var held = _held!;
            var setClock = _agent.Service<Action<DateTimeOffset?>>("clock");
            while (held.TryDequeue(out var message)) message.WriteTo(chosen, setClock, _scopes);
            _held = null;
            _chosen = chosen;
        }
        if (_lost > 0) StandardError.Say($"OBS6008: {_lost} log messages that came before instrumentation had started are lost: more than {Most} were waiting for it.");
    }

    private void PassScopes(ILoggerProvider chosen)
    {
        if (_scopes is null) return;
        if (IsOwn(chosen)) (chosen as ISupportExternalScope)?.SetScopeProvider(_scopes);
        else _agent.Service<Action<object>>("scopes")?.Invoke(_scopes);
    }
}
