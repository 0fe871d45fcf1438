using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Observability.Diagnostics;
using OpenTelemetry.Logs;

namespace Observability.Logs;

/// <summary>
/// OpenTelemetry's logging provider, contained: it reads a message's state on the caller's thread, and what that state throws
/// (an indexer, a formatter, a <c>ToString</c>) would reach the application out of <c>ILogger.Log</c>.
/// </summary>
[ProviderAlias("OpenTelemetry")]
internal sealed class ContainedLoggerProvider(ILoggerProvider provider) : ILoggerProvider, ISupportExternalScope
{
    /// <summary>Puts the containment around the provider that <c>WithLogging()</c> has registered.</summary>
    public static void Wrap(IServiceCollection services)
    {
        for (var i = 0; i < services.Count; i++)
        {
            if (!IsOpenTelemetry(services[i]) || services[i].ImplementationFactory is not { } factory) continue;
            // Registered again by the application, the provider is there bare; a second one would send every record twice.
            services[i] = ServiceDescriptor.Singleton<ILoggerProvider, ContainedLoggerProvider>(container =>
                new ContainedLoggerProvider(services.Any(IsOpenTelemetry)
                    ? Microsoft.Extensions.Logging.Abstractions.NullLoggerProvider.Instance
                    : (ILoggerProvider)factory(container)));
            return;
        }
    }

    public ILogger CreateLogger(string categoryName) => new Contained(provider.CreateLogger(categoryName));

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => (provider as ISupportExternalScope)?.SetScopeProvider(scopeProvider);

    public void Dispose() => provider.Dispose();

    private static bool IsOpenTelemetry(ServiceDescriptor service) =>
        service.ServiceType == typeof(ILoggerProvider) && !service.IsKeyedService
        && service.ImplementationFactory?.GetType().GenericTypeArguments is [_, var provider] && provider == typeof(OpenTelemetryLoggerProvider);

    private sealed class Contained(ILogger logger) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => logger.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logger.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            try
            {
                logger.Log(logLevel, eventId, state, exception, formatter);
            }
            catch (Exception failure)
            {
                CoreEventSource.Log.Contained("the state of a log message", failure.GetType().FullName ?? "");
            }
        }
    }
}
