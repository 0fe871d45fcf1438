using Microsoft.Extensions.Logging;

namespace Observability.AutoInstrumentation.Logs;

/// <summary>What goes wrong in the product, as lines on stderr: there may be no log of the application's, and its output is its own.</summary>
internal sealed class DiagnosticsProvider(Action<string> say) : ILoggerProvider
{
    private const string Category = "Observability.Diagnostics";

    public ILogger CreateLogger(string categoryName) => new Lines(say, categoryName == Category);

    public void Dispose()
    {
        // stderr stays open.
    }

    private sealed class Lines(Action<string> say, bool speaks) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => speaks && logLevel is >= LogLevel.Warning and < LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) say(formatter(state, exception));
        }
    }
}
