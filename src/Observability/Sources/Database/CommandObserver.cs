namespace Observability.Sources.Database;

/// <summary>Hands one listener's events on.</summary>
internal sealed class CommandObserver(string listener, CommandSpans spans) : IObserver<KeyValuePair<string, object?>>
{
    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is { } payload && DatabaseEvents.PhaseOf(value.Key) is { } phase) spans.Handle(listener, phase, payload);
    }

    public void OnCompleted()
    {
        // The listener ended with its service provider.
    }

    public void OnError(Exception error)
    {
        // DiagnosticListener never sends one.
    }
}
