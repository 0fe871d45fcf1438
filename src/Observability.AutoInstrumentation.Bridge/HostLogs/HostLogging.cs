using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Observability.AutoInstrumentation.Bridge.Agent;

namespace Observability.AutoInstrumentation.Bridge.HostLogs;

/// <summary>Joins a host's logging: JSON lines in the place of the console that the host added by itself, and records for OTLP.</summary>
internal static class HostLogging
{
    // Not inlined: whoever calls must not need Microsoft.Extensions, which an application without a host does not have.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Attach(object builder, AgentProcess agent) => ((IHostBuilder)builder).ConfigureServices((_, services) => Join(services, agent));

    /// <summary>What the application itself registered is there by now.</summary>
    public static void Join(IServiceCollection services, AgentProcess agent)
    {
        try
        {
            TakeConsole(services, agent);
            services.AddSingleton<ILoggerProvider>(new RecordProvider(agent));
        }
        catch (Exception failure)
        {
            StandardError.Say($"OBS6008: the host's logging could not be joined, its logs stay as they are: {failure.GetType().Name}: {failure.Message}.");
        }
    }

    private static void TakeConsole(IServiceCollection services, AgentProcess agent)
    {
        var console = HostConsole.Find(services);
        if (console < 0) return;
        var type = services[console].ImplementationType!;
        services[console] = ServiceDescriptor.Singleton(provider => Make(agent, () => (ILoggerProvider)ActivatorUtilities.CreateInstance(provider, type)));
    }

    /// <summary>Asked for when the console would be made, which is when it takes the writer that it keeps.</summary>
    private static ILoggerProvider Make(AgentProcess agent, Func<ILoggerProvider> console) => ConsoleOutput.IsReplaced ? console() : new ConsoleProvider(agent, console);
}
