using Observability.AutoInstrumentation.Bridge.EarlySpans;

namespace Observability.AutoInstrumentation.Bridge.Agent;

/// <summary>The agent from outside: not there yet, ready, or given up. Waiting for it is always bounded.</summary>
internal sealed class AgentProcess(string payload, SpanHold spans)
{
    private const string Agent = "Observability.AutoInstrumentation";

    /// <summary>The longest that anything of the application's may be held up; the agent takes a fraction of a second.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private List<Action>? _waiting = [];
    private volatile IReadOnlyDictionary<string, object>? _services;

    public bool IsSettled => _settled.Task.IsCompleted;

    /// <summary>Something that the agent offers, by a name of ours; null when it has given up, or offers no such thing.</summary>
    public T? Service<T>(string name)
        where T : class => _services is { } services && services.TryGetValue(name, out var service) ? service as T : null;

    public void Start()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => End();
        new Thread(Build) { IsBackground = true, Name = "Observability start" }.Start();
    }

    public bool WaitUntilSettled() => _settled.Task.Wait(Patience);

    /// <summary>Calls back once the agent is ready or has given up; at once when that is known already.</summary>
    public void WhenSettled(Action action)
    {
        lock (_lock)
        {
            if (_waiting is not null)
            {
                _waiting.Add(action);
                return;
            }
        }
        action();
    }

    private void Build()
    {
        try
        {
            if (AgentFiles.Fault(payload) is { } fault)
            {
                StandardError.Say(fault);
                return;
            }
            var context = new AgentLoadContext(Path.Combine(payload, "agent"));
            var start = context.LoadFromAssemblyPath(Path.Combine(payload, "agent", Agent + ".dll"))
                .GetType(Agent + ".Agent", throwOnError: true)!.GetMethod("Start")!
                .CreateDelegate<Func<Func<IReadOnlyList<System.Diagnostics.Activity>>, Action<string>, IReadOnlyDictionary<string, object>?>>();
            _services = start(spans.Release, StandardError.Say);
        }
        catch (Exception failure)
        {
            var innermost = failure.GetBaseException();
            StandardError.Say($"OBS6004: instrumentation could not be started: {innermost.GetType().Name}: {innermost.Message}. The application runs without it; install the payload anew if that persists.");
        }
        finally
        {
            spans.Release();
            Settle();
        }
    }

    private void Settle()
    {
        List<Action> waiting;
        lock (_lock)
        {
            waiting = _waiting ?? [];
            _waiting = null;
        }
        foreach (var action in waiting)
        {
            try
            {
                action();
            }
            catch (Exception failure)
            {
                StandardError.Say($"OBS6008: what was held until the agent was ready could not be handed over: {failure.GetType().Name}: {failure.Message}.");
            }
        }
        // Whoever waited finds everything handed over.
        _settled.TrySetResult();
    }

    /// <summary>A process may end before the agent is ready; what it held is worth a short wait, an empty hand is not.</summary>
    private void End()
    {
        if (!IsSettled && !spans.IsEmpty) WaitUntilSettled();
        Service<Action>("end")?.Invoke();
    }
}
