using System.Diagnostics.Tracing;

namespace Observability.Sampling;

/// <summary>What went wrong in sampling. The event's id is the diagnostic's: 3001 is OBS3001.</summary>
[EventSource(Name = "Observability-Sampling")]
internal sealed class SamplingEventSource : EventSource
{
    public static readonly SamplingEventSource Log = new();

    private SamplingEventSource()
    {
    }

    [Event(3001, Level = EventLevel.Error, Message = "OBS3001: a new version of the sampling configuration is invalid; the last good one stays in force. {0} Correct the configuration; it is read again when it changes.")]
    public void ReloadRejected(string faults) => WriteEvent(3001, faults);

    [Event(3002, Level = EventLevel.Warning, Message = "OBS3002: {0} The value is ignored.")]
    public void EnvironmentIgnored(string fault) => WriteEvent(3002, fault);

    [Event(3003, Level = EventLevel.Warning, Message = "OBS3003: the tracer provider uses a sampler that the application set itself; the sampling policies are not in force. Remove SetSampler, or remove the policies.")]
    public void ExplicitSamplerInCharge() => WriteEvent(3003);

    [Event(3004, Level = EventLevel.Warning, Message = "OBS3004: the sampling strategies could not be fetched from {0}: {1} The last good strategies stay in force. Check the address and that the server speaks Jaeger's JSON over HTTP.")]
    public void RemoteFailed(string address, string why) => WriteEvent(3004, address, why);

    [Event(3005, Level = EventLevel.Warning, Message = "OBS3005: a span with a parent was sampled by its trace id, which is presumed random although the W3C random flag is not set. Let callers send Trace Context level 2, or let this service follow its parents.")]
    public void TraceIdRandomnessPresumed() => WriteEvent(3005);

    [Event(3006, Level = EventLevel.Warning, Message = "OBS3006: a request to force a trace was refused: {0} Make tokens with the shared secret and a near expiry, or raise Force:MaxPerSecond. Said once a minute at most.")]
    public void ForceRefused(string why) => WriteEvent(3006, why);

    [Event(3007, Level = EventLevel.Warning, Message = "OBS3007: the tail buffer was full ({0}) and let spans go. Raise Tail:MaxMiB or Tail:MaxTraces, or keep more at the head. Said once a minute at most.")]
    public void TailOverflow(string what) => WriteEvent(3007, what);

    [Event(3008, Level = EventLevel.Error, Message = "OBS3008: a sampling decision failed and the span followed its parent: {0}. Report it with the configuration. Said once a minute at most.")]
    public void DecisionFailed(string why) => WriteEvent(3008, why);

    [Event(3009, Level = EventLevel.Informational, Message = "OBS3009: the sampling configuration changed and is in force.")]
    public void Reloaded() => WriteEvent(3009);

    [Event(3010, Level = EventLevel.Warning, Message = "OBS3010: sampling rules ask for path, method or host, but ASP.NET Core does not give them to samplers in this process. Set the AppContext switch Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData to false before the host is built; a rule added at run time needs a restart for that.")]
    public void RequestAttributesMissing() => WriteEvent(3010);
}
