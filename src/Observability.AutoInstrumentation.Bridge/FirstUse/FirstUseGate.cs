using System.Diagnostics;
using Observability.AutoInstrumentation.Bridge.Agent;

namespace Observability.AutoInstrumentation.Bridge.FirstUse;

/// <summary>
/// Holds the first request or database command up until the agent has subscribed to its listener: otherwise it would be a span without
/// attributes, or none. Afterwards the gate is gone.
/// </summary>
internal sealed class FirstUseGate(AgentProcess agent) : IObserver<KeyValuePair<string, object?>>
{
    private IDisposable? _subscription;

    public static void Close(DiagnosticListener listener, AgentProcess agent)
    {
        var gate = new FirstUseGate(agent);
        gate._subscription = listener.Subscribe(gate, gate.IsEnabled);
        agent.WhenSettled(gate._subscription.Dispose);
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        // The question was what mattered.
    }

    public void OnCompleted()
    {
        // Nothing was kept.
    }

    public void OnError(Exception error)
    {
        // A DiagnosticListener never sends one.
    }

    /// <summary>
    /// Answers yes once, after the wait: the one who asks walks a list of subscriptions that was taken before the agent's was in it, and writes to a new one.
    /// </summary>
    private bool IsEnabled(string name, object? first, object? second)
    {
        if (agent.IsSettled) return true;
        agent.WaitUntilSettled();
        return true;
    }
}
