using Microsoft.Extensions.Logging;

namespace Observability.AutoInstrumentation.Bridge.HostLogs;

/// <summary>A log message as it was when it was written: its text and its values.</summary>
internal sealed class HeldMessage
{
    private readonly string _category;
    private readonly LogLevel _level;
    private readonly EventId _event;
    private readonly string _text;
    private readonly KeyValuePair<string, object?>[] _values;
    private readonly Exception? _exception;

    private HeldMessage(string category, LogLevel level, EventId eventId, string text, KeyValuePair<string, object?>[] values, Exception? exception) =>
        (_category, _level, _event, _text, _values, _exception) = (category, level, eventId, text, values, exception);

    public static HeldMessage Of<TState>(string category, LogLevel level, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        new(category, level, eventId, formatter(state, exception), state is IEnumerable<KeyValuePair<string, object?>> values ? [.. values] : [], exception);

    public void WriteTo(ILoggerProvider provider)
    {
        var logger = provider.CreateLogger(_category);
        if (logger.IsEnabled(_level)) logger.Log<IReadOnlyList<KeyValuePair<string, object?>>>(_level, _event, _values, _exception, (_, _) => _text);
    }
}
