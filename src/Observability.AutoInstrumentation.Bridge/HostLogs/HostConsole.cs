using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Observability.AutoInstrumentation.Bridge.HostLogs;

/// <summary>Tells the console that a host's builder added by itself from one that the application chose, by the rules that hold under <c>AddObservability()</c>, too.</summary>
internal static class HostConsole
{
    private const string Console = "Microsoft.Extensions.Logging.Console.ConsoleLoggerProvider";
    private const string ConsoleOptions = "Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions";
    private const string Debug = "Microsoft.Extensions.Logging.Debug.DebugLoggerProvider";
    private const string EventSource = "Microsoft.Extensions.Logging.EventSource.EventSourceLoggerProvider";
    private const string SystemdLifetime = "Microsoft.Extensions.Hosting.Systemd.SystemdLifetime";
    private const string GenericHost = "Microsoft.Extensions.Hosting";
    private const string WebHosts = "Microsoft.AspNetCore";

    /// <summary>The place of a console that nobody asked for; -1 when there is none.</summary>
    public static int Find(IServiceCollection services)
    {
        var console = IndexOf(services, static service => IsProvider(service, Console));
        var defaults = console < 0 ? -1 : EndOfDefaults(services, console);
        return defaults < 0 || IsConfigured(services.Skip(defaults)) ? -1 : console;
    }

    /// <summary>
    /// Behind what a host's builder adds in one go; -1 when the console is not among it. The generic and the slim builder end with options of the logger factory; WebHost
    /// begins with them and ends with Debug and EventSource. An application that clears the providers and adds the console itself does so behind all of them.
    /// </summary>
    private static int EndOfDefaults(IServiceCollection services, int console)
    {
        var options = IndexOf(services, static service => FactoryOptionsOf(service) is not null);
        if (options > console) return options + 1;
        if (options < 0 || FactoryOptionsOf(services[options]) != WebHosts) return -1;
        var providers = services.Skip(console + 1).ToList();
        return providers.Exists(static service => IsProvider(service, Debug)) && providers.Exists(static service => IsProvider(service, EventSource)) ? console + 1 : -1;
    }

    /// <summary>The host whose builder set these options of the logger factory.</summary>
    private static string? FactoryOptionsOf(ServiceDescriptor service)
    {
        if (service.ServiceType != typeof(IConfigureOptions<LoggerFactoryOptions>) || service.ImplementationInstance is not ConfigureNamedOptions<LoggerFactoryOptions> { Action.Target: { } code }) return null;
        var assembly = code.GetType().Assembly.GetName().Name;
        return assembly is GenericHost or WebHosts ? assembly : null;
    }

    /// <summary>Code of the application that sets the console up, by AddJsonConsole() or by sending it to stderr because stdout is for something else.</summary>
    private static bool IsConfigured(IEnumerable<ServiceDescriptor> added)
    {
        var options = 0;
        foreach (var service in added)
        {
            if (IsOptionsOfTheConsole(service.ServiceType) && service.ImplementationInstance is not null) options++;
            // Under systemd its host sets the format, and nobody asked for a console.
            else if (service.ServiceType == typeof(IHostLifetime) && service.ImplementationType?.FullName == SystemdLifetime) options--;
        }
        return options > 0;
    }

    private static bool IsOptionsOfTheConsole(Type service) =>
        service.IsConstructedGenericType && service.GetGenericTypeDefinition() == typeof(IConfigureOptions<>) && service.GenericTypeArguments[0].FullName == ConsoleOptions;

    private static int IndexOf(IServiceCollection services, Func<ServiceDescriptor, bool> wanted)
    {
        for (var i = 0; i < services.Count; i++)
            if (wanted(services[i])) return i;
        return -1;
    }

    private static bool IsProvider(ServiceDescriptor service, string type) => service.ServiceType == typeof(ILoggerProvider) && service.ImplementationType?.FullName == type;
}
