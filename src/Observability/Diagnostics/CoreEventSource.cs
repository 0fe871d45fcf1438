using System.Diagnostics.Tracing;
using System.Globalization;

namespace Observability.Diagnostics;

/// <summary>What goes wrong in this package. Each id has its page in docs/diagnostics.</summary>
[EventSource(Name = "Observability-Core")]
internal sealed class CoreEventSource : EventSource
{
    public static readonly CoreEventSource Log = new();

    private const string ExportFailedWords = "OBS1001: {2} items of {0} could not be exported over {1}: {3}. They are lost and counted; check that the collector is reachable and accepts them.";
    private const string ContainedWords = "OBS1008: {0} threw {1}; it was contained and the application went on.";
    private const string FlushTimedOutWords = "OBS1010: the process ended before everything could be delivered within {0} ms: raise Observability:ShutdownTimeout, or find out why the collector is slow.";

    private CoreEventSource()
    {
    }

    /// <summary>What the end of the process has to tell: the runtime closes every event source before it announces that end.</summary>
    public static event Action<DiagnosticEvent>? ToldLate;

    [Event(1001, Level = EventLevel.Error, Message = ExportFailedWords)]
    public void ExportFailed(string signal, string exporter, long items, string reason)
    {
        if (IsEnabled()) WriteEvent(1001, signal, exporter, items, reason);
        else TellLate(1001, EventLevel.Error, ExportFailedWords, signal, exporter, items, reason);
    }

    [Event(1002, Level = EventLevel.Warning, Message = "OBS1002: the {0} queue of the {1} exporter is full ({2}): new items are dropped and counted. Raise Batch:MaxQueueSize, sample more, or find out why the collector is slow.")]
    public void QueueFull(string signal, string exporter, int capacity) => WriteEvent(1002, signal, exporter, capacity);

    [Event(1003, Level = EventLevel.Warning, Message = "OBS1003: this is an ASP.NET Core application without the package Observability.AspNetCore: server spans lack route, status and client. Run: dotnet add package Observability.AspNetCore.")]
    public void AspNetCorePackageMissing() => WriteEvent(1003);

    [Event(1004, Level = EventLevel.Error, Message = "OBS1004: the Prometheus endpoint could not be opened on {0}: {1}. Nothing is scraped; free the port, choose another by Observability:Prometheus:Port (OTEL_EXPORTER_PROMETHEUS_PORT), or switch it off by Observability:Prometheus:Enabled=false.")]
    public void PrometheusEndpointFailed(string address, string reason) => WriteEvent(1004, address, reason);

    [Event(1005, Level = EventLevel.Informational, Message = "OBS1005: the application exports {0} over OTLP by its own registration: ours stands by, so that nothing is sent twice.")]
    public void StandsBy(string signal) => WriteEvent(1005, signal);

    [Event(1006, Level = EventLevel.Warning, Message = "OBS1006: a span carried more than the limits allow: {0} values cut, {1} attributes, {2} events and {3} links dropped so far. Raise Observability:Limits, or put less on spans.")]
    public void LimitsApplied(long values, long attributes, long events, long links) => WriteEvent(1006, values, attributes, events, links);

    [Event(1007, Level = EventLevel.Warning, Message = "OBS1007: {0}")]
    public void VariableIgnored(string fault) => WriteEvent(1007, fault);

    [Event(1008, Level = EventLevel.Warning, Message = ContainedWords)]
    public void Contained(string where, string exception)
    {
        if (IsEnabled()) WriteEvent(1008, where, exception);
        else TellLate(1008, EventLevel.Warning, ContainedWords, where, exception);
    }

    [Event(1009, Level = EventLevel.Warning, Message = "OBS1009: the OpenTelemetry SDK reports: {0}")]
    public void SdkReports(string message) => WriteEvent(1009, message);

    [Event(1010, Level = EventLevel.Warning, Message = FlushTimedOutWords)]
    public void FlushTimedOut(int milliseconds)
    {
        if (IsEnabled()) WriteEvent(1010, milliseconds);
        else TellLate(1010, EventLevel.Warning, FlushTimedOutWords, milliseconds);
    }

    [Event(1011, Level = EventLevel.Warning, Message = "OBS1011: resource attributes could not be read: {0}. They are missing from what is exported.")]
    public void ResourceIncomplete(string reason) => WriteEvent(1011, reason);

    [NonEvent]
    private static void TellLate(int id, EventLevel level, string words, params object[] values) =>
        ToldLate?.Invoke(new DiagnosticEvent(id, level, string.Format(CultureInfo.InvariantCulture, words, values)));
}
