using System.Collections.Concurrent;
using System.Diagnostics.Tracing;

namespace Observability.Ebpf.Tests;

/// <summary>What the package reported while this lived.</summary>
internal sealed class EbpfEvents : EventListener
{
    private readonly ConcurrentQueue<int> _ids = new();

    public IReadOnlyList<int> Ids => [.. _ids];

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "Observability-Ebpf") EnableEvents(eventSource, EventLevel.Verbose);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData) => _ids?.Enqueue(eventData.EventId);
}
