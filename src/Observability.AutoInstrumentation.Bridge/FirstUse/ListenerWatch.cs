using System.Diagnostics;
using Observability.AutoInstrumentation.Bridge.Agent;
using Observability.AutoInstrumentation.Bridge.HostLogs;

namespace Observability.AutoInstrumentation.Bridge.FirstUse;

/// <summary>
/// Waits for the few diagnostic listeners whose events only the agent understands: of requests and of database commands the first
/// one waits for it, of a host the log is taken over when it is built.
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
            else if (!agent.IsSettled && value.Name is "Microsoft.AspNetCore" or "Microsoft.EntityFrameworkCore" or "SqlClientDiagnosticListener") FirstUseGate.Close(value, agent);
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
