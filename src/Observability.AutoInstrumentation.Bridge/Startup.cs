using Observability.AutoInstrumentation.Bridge.Agent;
using Observability.AutoInstrumentation.Bridge.EarlySpans;
using Observability.AutoInstrumentation.Bridge.FirstUse;
using Observability.AutoInstrumentation.Bridge.Weaving;

namespace Observability.AutoInstrumentation.Bridge;

/// <summary>What the first stage calls, by its name.</summary>
public static class Startup
{
    /// <summary>
    /// Listens to what must not be missed and starts the agent on a thread of its own, so that the application's <c>Main</c> is not kept waiting.
    /// </summary>
    /// <param name="payload">The folder of the payload for this processor.</param>
    public static void Run(string payload)
    {
        WeavingDoor.Open(payload);
        if (OwnSdk.Version() is { } version)
        {
            StandardError.Say($"OBS6005: the application brings the OpenTelemetry SDK {version} and is left to it: two of them would export spans twice and sample each other's. Remove it from the application, or leave this process out with OBSERVABILITY_AUTO_EXCLUDE.");
            return;
        }
        var agent = new AgentProcess(payload, new SpanHold());
        ListenerWatch.Begin(agent);
        agent.Start();
    }
}
