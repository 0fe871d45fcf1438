using System.Diagnostics.Tracing;

namespace Observability.Prometheus.Diagnostics;

/// <summary>This package's own failures. Every event's number is that of a page under docs/diagnostics.</summary>
[EventSource(Name = "Observability-Prometheus")]
internal sealed class PrometheusEventSource : EventSource
{
    public static readonly PrometheusEventSource Log = new();

    [Event(4002, Level = EventLevel.Error, Message = "OBS4002: Collecting metrics for a Prometheus scrape failed, the scrape was answered with 500: {0}. Look at the observable instruments that the exception names.")]
    public void CollectionFailed(string exception) => WriteEvent(4002, exception);

    [Event(4003, Level = EventLevel.Error, Message = "OBS4003: Rendering a Prometheus scrape failed, the scrape was answered with 500: {0}. Please report it with the exception.")]
    public void RenderingFailed(string exception) => WriteEvent(4003, exception);

    [Event(4004, Level = EventLevel.Warning, Message = "OBS4004: A Prometheus scrape was given up after {0} seconds and answered with 503. Make observable instruments' callbacks faster or raise the server's scrape_timeout.")]
    public void ScrapeTimedOut(double seconds) => WriteEvent(4004, seconds);

    [Event(4005, Level = EventLevel.Warning, Message = "OBS4005: A Prometheus scrape was refused with 503 because {0} were under way. Look for clients that do not read their responses, or raise Observability:Prometheus:MaxConcurrentScrapes.")]
    public void TooManyScrapes(int limit) => WriteEvent(4005, limit);

    [Event(4006, Level = EventLevel.Warning, Message = "OBS4006: The Prometheus listener closed a connection because {0} were open. Raise Observability:Prometheus:Listener:MaxConnections if they are wanted.")]
    public void TooManyConnections(int limit) => WriteEvent(4006, limit);

    [Event(4007, Level = EventLevel.Warning, Message = "OBS4007: Pushing metrics to {0} failed: {1}. Check that the Pushgateway is reachable and accepts the group.")]
    public void PushFailed(string address, string reason) => WriteEvent(4007, address, reason);

    [Event(4008, Level = EventLevel.Warning, Message = "OBS4008: Compiling the Prometheus layout failed, scrapes are compressed in the ordinary, slower way: {0}. Please report it with the exception.")]
    public void CompilingFailed(string exception) => WriteEvent(4008, exception);
}
