using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using Observability.Diagnostics;

namespace Observability.Tests.Diagnostics;

/// <summary>The core's diagnostics that anything in the process raises while this lives.</summary>
internal sealed class RaisedDiagnostics : EventListener
{
    private readonly ConcurrentQueue<int> _ids = new();

    public RaisedDiagnostics() => EnableEvents(CoreEventSource.Log, EventLevel.Informational);

    public IReadOnlyCollection<int> Ids => _ids;

    protected override void OnEventWritten(EventWrittenEventArgs eventData) => _ids.Enqueue(eventData.EventId);
}
