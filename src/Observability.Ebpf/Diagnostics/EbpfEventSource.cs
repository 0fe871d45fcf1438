using System.Diagnostics.Tracing;

namespace Observability.Ebpf.Diagnostics;

/// <summary>What went wrong in correlating with the kernel. The event's id is the diagnostic's: 8001 is OBS8001.</summary>
[EventSource(Name = "Observability-Ebpf")]
internal sealed class EbpfEventSource : EventSource
{
    public static readonly EbpfEventSource Log = new();

    private EbpfEventSource()
    {
    }

    [Event(8001, Level = EventLevel.Informational, Message = "OBS8001: spans carry no socket cookie on {0}: socket cookies are Linux's. AddEbpfCorrelation() does nothing here; nothing needs to be done.")]
    public void NotLinux(string system) => WriteEvent(8001, system);

    [Event(8002, Level = EventLevel.Warning, Message = "OBS8002: HttpClient opened a connection, but this runtime ({0}) does not tell of its sockets in the form that is known. Client spans carry no socket cookie; use a .NET version that this package was made for.")]
    public void SocketsUnheard(string runtime) => WriteEvent(8002, runtime);

    [Event(8003, Level = EventLevel.Warning, Message = "OBS8003: {0} threw {1}; it was contained and the application went on. Report it with the versions of .NET and of this package.")]
    public void Contained(string where, string exception) => WriteEvent(8003, where, exception);

    [Event(8004, Level = EventLevel.Warning, Message = "OBS8004: the agent's maps in {0} cannot be used: {1}. Spans are tagged, but kernel events do not name them. Let the agent pin maps that this process may read and write, of the same version.")]
    public void AgentUnusable(string folder, string reason) => WriteEvent(8004, folder, reason);
}
