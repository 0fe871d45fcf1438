using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Observability.AutoInstrumentation.Bridge.Agent;

namespace Observability.AutoInstrumentation.Bridge.HostLogs;

/// <summary>Joins a host's logging: JSON lines in the place of the console that the host added by itself, and records for OTLP.</summary>
internal static class HostLogging
{
    private const string Console = "Microsoft.Extensions.Logging.Console.ConsoleLoggerProvider";
    private const string ConsoleOptions = "Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions";
    private const string Debug = "Microsoft.Extensions.Logging.Debug.DebugLoggerProvider";
    private const string EventSource = "Microsoft.Extensions.Logging.EventSource.EventSourceLoggerProvider";

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

    /// <summary>
    /// The hosts add their defaults in one go: the console, then Debug or EventSource. An application that chose its outputs by itself keeps them.
    /// </summary>
    private static void TakeConsole(IServiceCollection services, AgentProcess agent)
    {
        var providers = Enumerable.Range(0, services.Count).Where(i => services[i].ServiceType == typeof(ILoggerProvider)).ToList();
        var console = providers.FindIndex(i => IsA(services[i], Console));
        if (console < 0 || !providers.Skip(console + 1).Any(i => IsA(services[i], Debug) || IsA(services[i], EventSource))) return;
        if (services.Any(IsChoice)) return;
        var type = services[providers[console]].ImplementationType!;
        services[providers[console]] = ServiceDescriptor.Singleton(provider => Make(agent, () => (ILoggerProvider)ActivatorUtilities.CreateInstance(provider, type)));
    }

    /// <summary>Asked for when the console would be made, which is when it takes the writer that it keeps.</summary>
    private static ILoggerProvider Make(AgentProcess agent, Func<ILoggerProvider> console) => ConsoleOutput.IsReplaced ? console() : new ConsoleProvider(agent, console);

    /// <summary>Code of the application that sets the console up, by AddJsonConsole() or by sending it to stderr because stdout is for something else.</summary>
    private static bool IsChoice(ServiceDescriptor descriptor) =>
        descriptor.ServiceType is { IsConstructedGenericType: true } type && type.GenericTypeArguments[0].FullName == ConsoleOptions && descriptor.ImplementationInstance is not null;

    private static bool IsA(ServiceDescriptor descriptor, string type) => descriptor.ImplementationType?.FullName == type;
}
