using System.Diagnostics.Tracing;

namespace Observability.AspNetCore;

/// <summary>What goes wrong in this package. Each id has its page in docs/diagnostics.</summary>
[EventSource(Name = "Observability-AspNetCore")]
internal sealed class AspNetCoreEventSource : EventSource
{
    public static readonly AspNetCoreEventSource Log = new();

    private AspNetCoreEventSource()
    {
    }

    [Event(5001, Level = EventLevel.Warning, Message = "OBS5001: {0} threw {1}; it was contained and the request went on. Its span may lack attributes.")]
    public void Contained(string where, string exception) => WriteEvent(5001, where, exception);
}
