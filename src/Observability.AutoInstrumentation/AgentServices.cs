using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Observability.AutoInstrumentation.Life;
using Observability.AutoInstrumentation.Logs;
using Observability.Diagnostics;
using OpenTelemetry.Logs;

namespace Observability.AutoInstrumentation;

/// <summary>What the application's hosts are offered, by names that the second stage knows.</summary>
internal static class AgentServices
{
    public static IReadOnlyDictionary<string, object> Of(IServiceProvider services, HostScopes scopes, Action<string> say)
    {
        var offered = new Dictionary<string, object>
        {
            ["scopes"] = (Action<object>)scopes.Add,
            ["clock"] = (Action<DateTimeOffset?>)MessageClock.Set,
            ["end"] = (Action<bool>)(isAlone => End(services, isAlone, say)),
        };
        var options = services.GetRequiredService<IOptions<ObservabilityOptions>>().Value;
        if (options is not { Enabled: true, Logs.Enabled: true }) return offered;
        var providers = services.GetServices<ILoggerProvider>().ToList();
        if (options.Logs.Json && providers.Find(IsJsonLines) is { } json) offered["json"] = json;
        if (Exports(services, "logs") && providers.OfType<OpenTelemetryLoggerProvider>().FirstOrDefault() is { } records) offered["otlp"] = records;
        return offered;
    }

    private static bool IsJsonLines(ILoggerProvider provider) => provider.GetType().GetCustomAttribute<ProviderAliasAttribute>()?.Alias == "JsonLines";

    private static bool Exports(IServiceProvider services, string signal) =>
        services.GetRequiredService<TelemetryHealthReport>().Exporters.Any(lane => string.Equals(lane.Signal, signal, StringComparison.OrdinalIgnoreCase));

    /// <summary>For what comes after the delivery that the core makes at the end of the process and speaks of, or instead of it.</summary>
    private static void End(IServiceProvider services, bool isAlone, Action<string> say)
    {
        var health = services.GetRequiredService<TelemetryHealthReport>();
        if (!isAlone && Waiting(health) == 0) return;
        // Lines have an end of their own, which came too late to be called too.
        if (isAlone) services.GetServices<ILoggerProvider>().FirstOrDefault(IsJsonLines)?.Dispose();
        LastDelivery.Of(services, withMetrics: isAlone);
        if (isAlone && Waiting(health) is > 0 and var left)
            say($"OBS6010: the process ended before everything was delivered, and {left} spans and log records are lost: raise Observability__ShutdownTimeout, or find out why the collector is slow.");
    }

    private static long Waiting(TelemetryHealthReport health) => health.Exporters.Sum(lane => lane.Waiting);
}
