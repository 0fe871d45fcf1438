using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Observability.AutoInstrumentation.Bridge.HostLogs;

/// <summary>A log message as it was when it was written: its text and its values, its time, its span and its scopes.</summary>
internal sealed class HeldMessage
{
    private readonly string _category;
    private readonly LogLevel _level;
    private readonly EventId _event;
    private readonly string _text;
    private readonly KeyValuePair<string, object?>[] _values;
    private readonly Exception? _exception;
    private readonly List<object?> _scopes = [];
    private readonly Activity? _span = Activity.Current;
#pragma warning disable RS0030 // This stage has no container that a TimeProvider could come from.
    private readonly DateTimeOffset _time = DateTimeOffset.UtcNow;
#pragma warning restore RS0030

    private HeldMessage(string category, LogLevel level, EventId eventId, string text, KeyValuePair<string, object?>[] values, Exception? exception) =>
        (_category, _level, _event, _text, _values, _exception) = (category, level, eventId, text, values, exception);

    /// <param name="category">The logger's name.</param>
    /// <param name="level">The level.</param>
    /// <param name="eventId">The event.</param>
    /// <param name="state">Rendered and read here: it may be another later.</param>
    /// <param name="exception">What is logged with it.</param>
    /// <param name="formatter">Makes the text.</param>
    /// <param name="scopes">Of the factory that it was written through; null where there are none.</param>
    public static HeldMessage Of<TState>(string category, LogLevel level, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter, IExternalScopeProvider? scopes)
    {
        var message = new HeldMessage(category, level, eventId, formatter(state, exception), state is IEnumerable<KeyValuePair<string, object?>> values ? [.. values] : [], exception);
        scopes?.ForEachScope(static (scope, into) =>
        {
            if (!IsOfTheSpan(scope)) into.Add(scope);
        }, message._scopes);
        return message;
    }

    /// <param name="provider">Where it goes.</param>
    /// <param name="setClock">Has the agent's clock show another time on this thread, and with null its own again; null where there is no such clock.</param>
    /// <param name="scopes">Whose scopes the place that it goes to reads.</param>
    public void WriteTo(ILoggerProvider provider, Action<DateTimeOffset?>? setClock, IExternalScopeProvider? scopes)
    {
        var logger = provider.CreateLogger(_category);
        if (!logger.IsEnabled(_level)) return;
        var current = Activity.Current;
        var open = new Stack<IDisposable>();
        try
        {
            foreach (var scope in _scopes)
                if (scopes?.Push(scope) is { } pushed) open.Push(pushed);
            setClock?.Invoke(_time);
            if (_span is not null) SpanOfTheMoment.Return(_span);
            logger.Log<IReadOnlyList<KeyValuePair<string, object?>>>(_level, _event, _values, _exception, (_, _) => _text);
        }
        finally
        {
            Activity.Current = current;
            setClock?.Invoke(null);
            while (open.TryPop(out var scope)) scope.Dispose();
        }
    }

    /// <summary>Made by the factory of the current span, as it will be made again.</summary>
    private static bool IsOfTheSpan(object? scope) => scope?.GetType().DeclaringType?.FullName == "Microsoft.Extensions.Logging.LoggerFactoryScopeProvider";
}
