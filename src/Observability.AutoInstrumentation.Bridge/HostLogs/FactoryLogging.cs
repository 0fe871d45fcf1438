using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Observability.AutoInstrumentation.Bridge.Agent;

namespace Observability.AutoInstrumentation.Bridge.HostLogs;

/// <summary>Joins a logger factory without a host, which a woven assembly announces before anybody has it: JSON lines in the place of its console, and records for OTLP.</summary>
internal static class FactoryLogging
{
    private const string Console = "Microsoft.Extensions.Logging.Console.ConsoleLoggerProvider";
    private const BindingFlags Inner = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;

    // Not inlined: whoever calls must not need Microsoft.Extensions, which an application without it does not have.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Join(object factory, AgentProcess agent)
    {
        var loggers = (ILoggerFactory)factory;
        if (!ConsoleOutput.IsReplaced && TakeConsole(loggers) is { } console) loggers.AddProvider(new ConsoleProvider(agent, () => console));
        loggers.AddProvider(new RecordProvider(agent));
        agent.When.LogBegun();
    }

    /// <summary>
    /// A factory gives no provider back, hence its own list is looked into. Where a version keeps it in another way, or the application chose another output, its output stays.
    /// </summary>
    private static ILoggerProvider? TakeConsole(ILoggerFactory factory)
    {
        // What Create returns disposes of the container that the factory came from.
        var own = Field(factory, "_loggerFactory") as ILoggerFactory ?? factory;
        if (Field(own, "_providerRegistrations") is not IList registered) return null;
        for (var i = 0; i < registered.Count; i++)
        {
            if (registered[i] is not { } registration || Field(registration, "Provider") is not ILoggerProvider provider || provider.GetType().FullName != Console) continue;
            registered.RemoveAt(i);
            return provider;
        }
        return null;
    }

    private static object? Field(object owner, string name) => owner.GetType().GetField(name, Inner)?.GetValue(owner);
}
