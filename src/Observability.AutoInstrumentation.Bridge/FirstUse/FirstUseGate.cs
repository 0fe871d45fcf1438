using System.Diagnostics;
using Observability.AutoInstrumentation.Bridge.Agent;

namespace Observability.AutoInstrumentation.Bridge.FirstUse;

/// <summary>
/// Holds the first request or database command up until the agent has subscribed to its listener: otherwise it would be a span without
/// attributes, or none. Afterwards the gate is gone.
/// </summary>
internal sealed class FirstUseGate(Func<bool> isOpen, Func<bool> wait) : IObserver<KeyValuePair<string, object?>>
{
    private IDisposable? _subscription;

    /// <param name="listener">Whose events are held up.</param>
    /// <param name="agent">At whose readiness the gate goes.</param>
    /// <param name="isOpen">Whether nobody needs to wait any more.</param>
    /// <param name="wait">Waits for that, for a bounded time.</param>
    public static void Close(DiagnosticListener listener, AgentProcess agent, Func<bool> isOpen, Func<bool> wait)
    {
        if (isOpen()) return;
        var gate = new FirstUseGate(isOpen, wait);
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
        if (!isOpen()) wait();
        return true;
    }
}
