using Observability.AutoInstrumentation.Bridge.EarlyMeasurements;
using Observability.AutoInstrumentation.Bridge.EarlySpans;
using Observability.AutoInstrumentation.Bridge.FirstUse;

namespace Observability.AutoInstrumentation.Bridge.Agent;

/// <summary>
/// The agent from outside: not there yet, listening to requests, ready, or given up. Waiting for it is always bounded, and brings its start forward.
/// </summary>
internal sealed class AgentProcess(string payload)
{
    /// <summary>The longest that anything of the application's may be held up; the agent takes a fraction of a second.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The longest that the end of the process waits for an agent that holds something; only a machine without processors to spare comes near it.</summary>
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(15);

    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private List<Action>? _waiting = [];
    private volatile IReadOnlyDictionary<string, object>? _services;
    private volatile bool _ending;
    private volatile bool _isOverdue;
    private SpanHold? _spans;
    private MeasurementHold? _measurements;

    /// <summary>When the pipelines are built.</summary>
    public StartSignal When { get; } = new();

    public bool IsListening => _listening.Task.IsCompleted;

    public bool IsSettled => _settled.Task.IsCompleted;

    /// <summary>Something that the agent offers, by a name of ours; null when it has given up, or offers no such thing.</summary>
    public T? Service<T>(string name)
        where T : class => _services is { } services && services.TryGetValue(name, out var service) ? service as T : null;

    /// <summary>The first step: listens to what must not be missed. Called on whichever thread comes first, under the runtime's lock for an assembly: it waits for nothing.</summary>
    public void Attach()
    {
        RequestsForSamplers.AskFor();
        _spans = SpanHold.Begin();
        _measurements = MeasurementHold.Begin();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => End();
        AppDomain.CurrentDomain.UnhandledException += (_, _) => End();
        ListenerWatch.Begin(this);
    }

    /// <summary>The second step: loads the agent and has it build its pipelines when the time has come.</summary>
    public void Run()
    {
        try
        {
            if (AgentFiles.Fault(payload) is { } fault)
            {
                StandardError.Say(fault);
                return;
            }
            var agent = LoadedAgent.From(payload);
            if (agent.Listen()) _listening.TrySetResult();
            else When.Hurry();
            When.Wait();
            _services = agent.Start(_spans!, _measurements!, () => When.HasRunningHost);
        }
        catch (Exception) when (_ending)
        {
            // The SDK takes itself apart when the process ends, also under a start that is still going on.
        }
        catch (Exception failure)
        {
            var innermost = failure.GetBaseException();
            StandardError.Say($"OBS6004: instrumentation could not be started: {innermost.GetType().Name}: {innermost.Message}. The application runs without it; install the payload anew if that persists.");
        }
        finally
        {
            _spans?.Release();
            _measurements?.Dispose();
            _listening.TrySetResult();
            Settle();
        }
    }

    /// <summary>Waits until requests are listened to, which is soon.</summary>
    public bool WaitUntilListening() => Wait(_listening.Task, Patience);

    public bool WaitUntilSettled() => WaitUntilSettled(Patience);

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

    private bool WaitUntilSettled(TimeSpan patience)
    {
        When.Hurry();
        return Wait(_settled.Task, patience);
    }

    /// <summary>Patience is had once: an agent for which it did not suffice holds nobody up again.</summary>
    private bool Wait(Task task, TimeSpan patience)
    {
        if (task.IsCompleted) return true;
        if (_isOverdue) return false;
        if (task.Wait(patience)) return true;
        _isOverdue = true;
        return false;
    }

    /// <summary>A process may end before the agent is ready; what it held is worth a wait, an empty hand is not.</summary>
    private void End()
    {
        var wasSettled = IsSettled;
        if (!wasSettled && (When.HasHost || When.HasLog || _spans is { Count: > 0 } || _measurements is { HasOwn: true }) && !WaitUntilSettled(LastPatience))
        {
            StandardError.Say($"OBS6010: the process ended before instrumentation had started, and {_spans?.Count ?? 0} spans and the measurements that were held for it are lost: give the process more processor time.");
        }
        _ending = true;
        // What the agent registers for the end of the process once that has begun is not called any more.
        Service<Action<bool>>("end")?.Invoke(!wasSettled);
    }
}
