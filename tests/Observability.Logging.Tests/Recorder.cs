using Microsoft.Extensions.Logging;

namespace Observability.Logging.Tests;

/// <summary>Keeps the messages that the calls' own formatters give.</summary>
internal sealed class Recorder : ILogger
{
    public List<string> Messages { get; } = [];

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Messages.Add(formatter(state, exception));
}
