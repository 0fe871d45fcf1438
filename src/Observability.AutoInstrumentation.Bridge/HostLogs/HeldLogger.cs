using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Observability.AutoInstrumentation.Bridge.HostLogs;

/// <summary>Writes to the chosen logger, or has the message kept.</summary>
internal sealed class HeldLogger(HeldProvider provider, string category) : ILogger
{
    private ILogger? _logger;

    // Scopes live in the factory's own provider.
    public IDisposable BeginScope<TState>(TState state) => NoScope.Instance;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None && (Chosen()?.IsEnabled(logLevel) ?? true);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            if (_logger is null && Activity.Current is not null && !SpanOfTheMoment.CanReturn) provider.Await();
            if (Chosen() is { } logger) logger.Log(logLevel, eventId, state, exception, formatter);
            else if (!provider.TryKeep(HeldMessage.Of(category, logLevel, eventId, state, exception, formatter, provider.Scopes), isUrgent: logLevel >= LogLevel.Error)) Chosen()?.Log(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception failure) when (_logger is null)
        {
            // While it is kept, a message's own code runs here; what it throws must not reach the application.
            StandardError.Say($"OBS6008: a log message of {category} could not be kept: {failure.GetType().Name}.");
        }
    }

    private ILogger? Chosen() => _logger ??= provider.Logger(category);

    private sealed class NoScope : IDisposable
    {
        public static readonly NoScope Instance = new();

        public void Dispose()
        {
            // There is no scope here.
        }
    }
}
