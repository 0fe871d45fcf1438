using System.Diagnostics;
using Observability.AutoInstrumentation.Bridge.Agent;

namespace Observability.AutoInstrumentation.Bridge.HostLogs;

/// <summary>What woven code announces: the builder of a host that tells nobody of itself, and a logger factory without a host.</summary>
internal sealed class Announcements(AgentProcess agent) : IObserver<KeyValuePair<string, object?>>
{
    /// <summary>Each woven assembly has a listener of this name.</summary>
    public const string Listener = "Observability.Weaver";

    private const string WebHostBuilder = "Microsoft.AspNetCore.Hosting.WebHostBuilder.Build";
    private const string LoggerFactory = "Microsoft.Extensions.Logging.LoggerFactory.Create";

    public static void Watch(DiagnosticListener listener, AgentProcess agent) =>
        listener.Subscribe(new Announcements(agent), static (name, _, _) => name is WebHostBuilder or LoggerFactory);

    public void OnNext(KeyValuePair<string, object?> value)
    {
        try
        {
            if (value is { Key: WebHostBuilder, Value: { } builder }) WebHostLogging.Attach(builder, agent);
            else if (value is { Key: LoggerFactory, Value: { } factory }) FactoryLogging.Join(factory, agent);
        }
        catch (Exception failure)
        {
            StandardError.Say($"OBS6008: what {value.Key} announced could not be joined, its logs stay as they are: {failure.GetType().Name}: {failure.Message}.");
        }
    }

    public void OnCompleted()
    {
        // The listeners of woven code are never disposed of.
    }

    public void OnError(Exception error)
    {
        // A DiagnosticListener never sends one.
    }
}
