using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Observability.Logs;

/// <summary>
/// The host's default console provider gives way to the JSON lines, so that every message appears once. A console
/// provider that the application added itself stays.
/// </summary>
internal static class HostConsole
{
    private const string Console = "Microsoft.Extensions.Logging.Console.ConsoleLoggerProvider";
    private const string Debug = "Microsoft.Extensions.Logging.Debug.DebugLoggerProvider";
    private const string EventSource = "Microsoft.Extensions.Logging.EventSource.EventSourceLoggerProvider";

    public static void GiveWay(IServiceCollection services)
    {
        var providers = Enumerable.Range(0, services.Count).Where(i => services[i].ServiceType == typeof(ILoggerProvider)).ToList();
        var console = providers.FindIndex(i => IsA(services[i], Console));
        // The hosts add their defaults in one go: the console, then Debug or EventSource. An application that clears the
        // providers and adds the console by itself does not.
        if (console < 0 || !providers.Skip(console + 1).Any(i => IsA(services[i], Debug) || IsA(services[i], EventSource))) return;

        var descriptor = services[providers[console]];
        if (descriptor.ImplementationType is not { } type) return;
        // Whether JSON is on is known only from the configuration, hence later.
        services[providers[console]] = ServiceDescriptor.Singleton<ILoggerProvider>(provider => JsonIsOn(provider)
            ? NullLoggerProvider.Instance
            : (ILoggerProvider)ActivatorUtilities.CreateInstance(provider, type));
    }

    private static bool JsonIsOn(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<ObservabilityOptions>>().Value;
        return options is { Enabled: true, Logs: { Enabled: true, Json: true } };
    }

    private static bool IsA(ServiceDescriptor descriptor, string type) =>
        !descriptor.IsKeyedService && descriptor.ImplementationType?.FullName == type;
}
