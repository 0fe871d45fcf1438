using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Observability.Logs;

/// <summary>
/// The host's default console provider gives way to the JSON lines, so that every message appears once. A console
/// provider that the application added itself stays, and so does the host's when the application's code sets its options,
/// as <c>AddJsonConsole()</c> does.
/// </summary>
internal static class HostConsole
{
    private const string Console = "Microsoft.Extensions.Logging.Console.ConsoleLoggerProvider";
    private const string ConsoleOptions = "Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions";
    private const string Debug = "Microsoft.Extensions.Logging.Debug.DebugLoggerProvider";
    private const string EventSource = "Microsoft.Extensions.Logging.EventSource.EventSourceLoggerProvider";
    private const string SystemdLifetime = "Microsoft.Extensions.Hosting.Systemd.SystemdLifetime";
    private const string GenericHost = "Microsoft.Extensions.Hosting";
    private const string WebHosts = "Microsoft.AspNetCore";

    public static void GiveWay(IServiceCollection services)
    {
        var console = IndexOf(services, static service => IsProvider(service, Console));
        if (console < 0 || services[console].ImplementationType is not { } type) return;
        var defaults = EndOfDefaults(services, console);
        if (defaults < 0 || IsConfigured(services.Skip(defaults))) return;

        // Whether JSON is on is known only from the configuration, hence later.
        services[console] = ServiceDescriptor.Singleton<ILoggerProvider>(provider => JsonIsOn(provider)
            ? NullLoggerProvider.Instance
            : (ILoggerProvider)ActivatorUtilities.CreateInstance(provider, type));
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
        var providers = services.Skip(console + 1).Where(static service => service.ServiceType == typeof(ILoggerProvider)).ToList();
        return providers.Any(static service => IsProvider(service, Debug)) && providers.Any(static service => IsProvider(service, EventSource)) ? console + 1 : -1;
    }

    /// <summary>The host whose builder set these options of the logger factory.</summary>
    private static string? FactoryOptionsOf(ServiceDescriptor service)
    {
        if (service.IsKeyedService || service.ImplementationInstance is not ConfigureNamedOptions<LoggerFactoryOptions> { Action.Target: { } code }) return null;
        var assembly = code.GetType().Assembly.GetName().Name;
        return assembly is GenericHost or WebHosts ? assembly : null;
    }

    private static bool IsConfigured(IEnumerable<ServiceDescriptor> added)
    {
        var options = 0;
        foreach (var service in added)
        {
            if (service.IsKeyedService) continue;
            if (service.ImplementationInstance is not null && IsOptionsOfTheConsole(service.ServiceType)) options++;
            // Under systemd its host sets the format, and nobody asked for a console.
            else if (service.ServiceType == typeof(IHostLifetime) && service.ImplementationType?.FullName == SystemdLifetime) options--;
        }
        return options > 0;
    }

    private static bool IsOptionsOfTheConsole(Type service) =>
        service.IsGenericType && service.GetGenericTypeDefinition() == typeof(IConfigureOptions<>) && service.GenericTypeArguments[0].FullName == ConsoleOptions;

    private static bool JsonIsOn(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<ObservabilityOptions>>().Value;
        return options is { Enabled: true, Logs: { Enabled: true, Json: true } };
    }

    private static int IndexOf(IServiceCollection services, Func<ServiceDescriptor, bool> wanted)
    {
        for (var i = 0; i < services.Count; i++)
            if (wanted(services[i])) return i;
        return -1;
    }

    private static bool IsProvider(ServiceDescriptor service, string type) =>
        service.ServiceType == typeof(ILoggerProvider) && !service.IsKeyedService && service.ImplementationType?.FullName == type;
}
