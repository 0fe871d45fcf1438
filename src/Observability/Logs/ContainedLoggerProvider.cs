using Microsoft.Extensions.Logging;
using Observability.Diagnostics;

namespace Observability.Logs;

/// <summary>
/// OpenTelemetry's logging provider, contained: it reads a message's state on the caller's thread, and what that state throws
/// (an indexer, a formatter, a <c>ToString</c>) would reach the application out of <c>ILogger.Log</c>.
/// </summary>
[ProviderAlias(Alias)]
internal sealed class ContainedLoggerProvider(ILoggerProvider provider, ScopeAttributes scopes) : ILoggerProvider, ISupportExternalScope
{
    /// <summary>The wrapped provider's own alias, which filter rules name.</summary>
    public const string Alias = "OpenTelemetry";

    public ILogger CreateLogger(string categoryName) => new Contained(provider.CreateLogger(categoryName));

    public void SetScopeProvider(IExternalScopeProvider scopeProvider)
    {
        scopes.ReadFrom(scopeProvider);
        (provider as ISupportExternalScope)?.SetScopeProvider(scopeProvider);
    }

    public void Dispose() => provider.Dispose();

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
