using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Observability.AutoInstrumentation.Bridge.HostLogs;

/// <summary>A log message as it was when it was written: its text and its values, its time and its span.</summary>
internal sealed class HeldMessage
{
    private readonly string _category;
    private readonly LogLevel _level;
    private readonly EventId _event;
    private readonly string _text;
    private readonly KeyValuePair<string, object?>[] _values;
    private readonly Exception? _exception;
    private readonly Activity? _span = Activity.Current;
#pragma warning disable RS0030 // This stage has no container that a TimeProvider could come from.
    private readonly DateTimeOffset _time = DateTimeOffset.UtcNow;
#pragma warning restore RS0030

    private HeldMessage(string category, LogLevel level, EventId eventId, string text, KeyValuePair<string, object?>[] values, Exception? exception) =>
        (_category, _level, _event, _text, _values, _exception) = (category, level, eventId, text, values, exception);

    public static HeldMessage Of<TState>(string category, LogLevel level, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        new(category, level, eventId, formatter(state, exception), state is IEnumerable<KeyValuePair<string, object?>> values ? [.. values] : [], exception);

    /// <param name="provider">Where it goes.</param>
    /// <param name="setClock">Has the agent's clock show another time on this thread, and with null its own again; null where there is no such clock.</param>
    public void WriteTo(ILoggerProvider provider, Action<DateTimeOffset?>? setClock)
    {
        var logger = provider.CreateLogger(_category);
        if (!logger.IsEnabled(_level)) return;
        var current = Activity.Current;
        try
        {
            setClock?.Invoke(_time);
            if (_span is not null) SpanOfTheMoment.Return(_span);
            logger.Log<IReadOnlyList<KeyValuePair<string, object?>>>(_level, _event, _values, _exception, (_, _) => _text);
        }
        finally
        {
            Activity.Current = current;
            setClock?.Invoke(null);
        }
    }
}
