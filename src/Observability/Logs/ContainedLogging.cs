using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry.Logs;

namespace Observability.Logs;

/// <summary>
/// Puts the containment around OpenTelemetry's provider when the logger factory takes it, so that registrations stay as they
/// are and the application may call <c>WithLogging()</c> as often as it likes. A factory of the application's own is left alone.
/// </summary>
internal sealed class ContainedLogging : IPostConfigureOptions<LoggerFilterOptions>
{
    public static void Add(IServiceCollection services)
    {
        var factory = services.FirstOrDefault(service => service.ServiceType == typeof(ILoggerFactory));
        if (factory?.ImplementationType != typeof(LoggerFactory)) return;
        services[services.IndexOf(factory)] = ServiceDescriptor.Singleton<ILoggerFactory>(Create);
        services.AddSingleton<IPostConfigureOptions<LoggerFilterOptions>, ContainedLogging>();
    }

    /// <summary>A rule that names the provider by its type must still find it.</summary>
    public void PostConfigure(string? name, LoggerFilterOptions options)
    {
        for (var i = 0; i < options.Rules.Count; i++)
            if (options.Rules[i] is { } rule && rule.ProviderName == typeof(OpenTelemetryLoggerProvider).FullName)
                options.Rules[i] = new LoggerFilterRule(ContainedLoggerProvider.Alias, rule.CategoryName, rule.LogLevel, rule.Filter is { } filter ? (_, category, level) => filter(typeof(OpenTelemetryLoggerProvider).FullName, category, level) : null);
    }

    private static LoggerFactory Create(IServiceProvider services) => new(
        services.GetServices<ILoggerProvider>().Select(provider => provider is OpenTelemetryLoggerProvider ? new ContainedLoggerProvider(provider, services.GetRequiredService<ScopeAttributes>()) : provider),
        services.GetRequiredService<IOptionsMonitor<LoggerFilterOptions>>(),
        services.GetRequiredService<IOptions<LoggerFactoryOptions>>(),
        services.GetService<IExternalScopeProvider>());
}
