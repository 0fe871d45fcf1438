using System.Diagnostics;
using Observability.AutoInstrumentation.Bridge.Agent;

namespace Observability.AutoInstrumentation.Bridge.HostLogs;

/// <summary>The generic host tells when one is about to be built, and when it is, whichever builder the application uses.</summary>
internal sealed class HostBuilding(AgentProcess agent) : IObserver<KeyValuePair<string, object?>>
{
    public const string Listener = "Microsoft.Extensions.Hosting";

    private const string Building = "HostBuilding";
    private const string Built = "HostBuilt";

    public static void Watch(DiagnosticListener listener, AgentProcess agent) =>
        listener.Subscribe(new HostBuilding(agent), static (name, _, _) => name is Building or Built);

    public void OnNext(KeyValuePair<string, object?> value)
    {
        try
        {
            if (value is { Key: Building, Value: { } builder })
            {
                agent.When.HostBuilding();
                HostLogging.Attach(builder, agent);
            }
            else if (value is { Key: Built, Value: { } host })
            {
                HostLife.Follow(host, agent.When);
            }
        }
        catch (Exception failure)
        {
            StandardError.Say($"OBS6008: the host's logging could not be joined, its logs stay as they are: {failure.GetType().Name}: {failure.Message}.");
        }
    }

    public void OnCompleted()
    {
        // A host is built once; its listener is disposed of then.
    }

    public void OnError(Exception error)
    {
        // A DiagnosticListener never sends one.
    }
}
