using System.Diagnostics;
using Observability.AutoInstrumentation.Bridge.Agent;
using Observability.AutoInstrumentation.Bridge.HostLogs;

namespace Observability.AutoInstrumentation.Bridge.FirstUse;

/// <summary>
/// Waits for the few diagnostic listeners whose events only the agent understands: the first request waits until it listens, the first database command until
/// it is ready; of a host the log is taken over when it is built, and what woven code announces is joined.
/// </summary>
internal sealed class ListenerWatch(AgentProcess agent) : IObserver<DiagnosticListener>
{
    public static void Begin(AgentProcess agent)
    {
        var watch = new ListenerWatch(agent);
        DiagnosticListener.AllListeners.Subscribe(watch);
    }

    public void OnNext(DiagnosticListener value)
    {
        // Called within the runtime's own lock: nothing here may wait or throw.
        try
        {
            if (value.Name == HostBuilding.Listener) HostBuilding.Watch(value, agent);
            else if (value.Name == Announcements.Listener) Announcements.Watch(value, agent);
            else if (value.Name == "Microsoft.AspNetCore") FirstUseGate.Close(value, agent, () => agent.IsListening, agent.WaitUntilListening);
            else if (value.Name is "Microsoft.EntityFrameworkCore" or "SqlClientDiagnosticListener") FirstUseGate.Close(value, agent, () => agent.IsSettled, agent.WaitUntilSettled);
        }
        catch (Exception failure)
        {
            StandardError.Say($"OBS6008: the events of {value.Name} could not be watched: {failure.GetType().Name}: {failure.Message}.");
        }
    }

    public void OnCompleted()
    {
        // The observable of all listeners never ends.
    }

    public void OnError(Exception error)
    {
        // It never sends one.
    }
}
