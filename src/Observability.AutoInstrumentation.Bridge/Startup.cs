using Observability.AutoInstrumentation.Bridge.Agent;
using Observability.AutoInstrumentation.Bridge.Weaving;

namespace Observability.AutoInstrumentation.Bridge;

/// <summary>What the first stage calls, by its name.</summary>
public static class Startup
{
    /// <summary>
    /// Two steps: the first attaches what listens from the beginning, the second loads the agent and returns when it runs. Nothing here may touch
    /// <c>System.Diagnostics.DiagnosticSource</c>: the first step is taken when that is loaded.
    /// </summary>
    /// <param name="payload">The folder of the payload for this processor.</param>
    /// <returns>The steps; null where the application is left to an SDK of its own.</returns>
    public static Action[]? Prepare(string payload)
    {
        WeavingDoor.Open(payload);
        MissingReferences.Supply(payload);
        if (OwnSdk.Version() is { } version)
        {
            StandardError.Say($"OBS6005: the application brings the OpenTelemetry SDK {version} and is left to it: two of them would export spans twice and sample each other's. Remove it from the application, or leave this process out with OBSERVABILITY_AUTO_EXCLUDE.");
            return null;
        }
        var agent = new AgentProcess(PayloadChoice.For(payload));
        return [agent.Attach, agent.Run];
    }
}
