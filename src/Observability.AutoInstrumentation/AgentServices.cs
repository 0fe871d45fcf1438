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
    public static IReadOnlyDictionary<string, object> Of(IServiceProvider services, HostScopes scopes)
    {
        var offered = new Dictionary<string, object>
        {
            ["scopes"] = (Action<object>)scopes.Add,
            ["clock"] = (Action<DateTimeOffset?>)MessageClock.Set,
            ["end"] = (Action)(() => End(services)),
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

    /// <summary>For what came after the flush that the end of the process brought.</summary>
    private static void End(IServiceProvider services)
    {
        if (services.GetRequiredService<TelemetryHealthReport>().Exporters.Any(lane => lane.Waiting > 0)) LastDelivery.Of(services, withMetrics: false);
    }
}
