using System.Collections.Concurrent;
using System.Diagnostics.Tracing;

namespace Observability.Sampling.Tests;

/// <summary>What the package reported on this thread's behalf. Tests run in parallel and share the source: only events raised in this flow of control count.</summary>
internal sealed class SamplingEvents : EventListener
{
    private static readonly AsyncLocal<object?> Flow = new();

    private readonly object _mine = new();
    private readonly ConcurrentQueue<(int Id, string Text)> _events = new();
    private readonly ConcurrentQueue<(int Id, string Text)> _everyone = new();

    public SamplingEvents() => Flow.Value = _mine;

    public IEnumerable<string> Ids(int id) => _events.Where(e => e.Id == id).Select(e => e.Text);

    /// <summary>Also those of timers and other threads, of any test.</summary>
    public IEnumerable<string> FromAnywhere(int id) => _everyone.Where(e => e.Id == id).Select(e => e.Text);

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "Observability-Sampling") EnableEvents(eventSource, EventLevel.Verbose);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        var text = string.Join('|', eventData.Payload ?? new([]));
        _everyone?.Enqueue((eventData.EventId, text));
        if (ReferenceEquals(Flow.Value, _mine)) _events?.Enqueue((eventData.EventId, text));
    }
}
