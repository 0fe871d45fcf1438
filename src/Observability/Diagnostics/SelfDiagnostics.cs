using System.Diagnostics.Tracing;
using System.Globalization;

namespace Observability.Diagnostics;

/// <summary>
/// The one place that hears of own failures: the event sources of this product's packages and of the OpenTelemetry SDK.
/// Every event is counted by id; lines go to <see cref="DiagnosticLines"/>, which limits their rate. The SDK's exporters are listened to from the first failure on
/// that nothing else explains: whoever listens makes them describe all of their events, and every fault with its stack, which costs megabytes.
/// </summary>
internal sealed class SelfDiagnostics : EventListener
{
    private const string OwnPrefix = "Observability-";
    private const string SdkPrefix = "OpenTelemetry-";
    private const string ExporterPrefix = SdkPrefix + "Exporter-";
    private const int SdkId = 1009;

    private readonly TelemetryHealth? _health;
    private readonly DiagnosticLines? _lines;
    private volatile bool _hearsExporters;

    public SelfDiagnostics(TelemetryHealth health, DiagnosticLines lines)
    {
        _health = health;
        _lines = lines;
        // The base constructor has announced the sources that existed before the fields above were set.
        ListenToAll();
        CoreEventSource.ToldLate += Tell;
        SdkReasons.Missed += HearExporters;
    }

    public override void Dispose()
    {
        SdkReasons.Missed -= HearExporters;
        CoreEventSource.ToldLate -= Tell;
        base.Dispose();
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (_lines is not null) Listen(eventSource);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (_health is null || _lines is null) return;
        if (IsIntended(eventData)) return;
        var message = Message(eventData);
        // Its exporters' failures are told by the lane that they happened in.
        if (eventData.EventSource.Name.StartsWith(ExporterPrefix, StringComparison.Ordinal)) SdkReasons.Keep(message);
        else if (eventData.EventSource.Name.StartsWith(OwnPrefix, StringComparison.Ordinal)) Tell(new DiagnosticEvent(eventData.EventId, eventData.Level, message));
        else Tell(new DiagnosticEvent(SdkId, eventData.Level, "OBS1009: the OpenTelemetry SDK reports: " + message));
    }

    private void Tell(DiagnosticEvent diagnostic)
    {
        _health?.Raised(diagnostic.Id);
        _lines?.Offer(diagnostic);
    }

    private void HearExporters()
    {
        if (_hearsExporters) return;
        _hearsExporters = true;
        ListenToAll();
    }

    private void ListenToAll()
    {
        foreach (var source in EventSource.GetSources()) Listen(source);
    }

    private void Listen(EventSource source)
    {
        if (source.Name.StartsWith(OwnPrefix, StringComparison.Ordinal)) EnableEvents(source, EventLevel.Informational);
        else if (source.Name.StartsWith(ExporterPrefix, StringComparison.Ordinal) && !_hearsExporters) return;
        else if (source.Name.StartsWith(SdkPrefix, StringComparison.Ordinal)) EnableEvents(source, EventLevel.Warning);
    }

    /// <summary>The SDK warns of each instrument that a view drops, or whose meter is not among those listed or metrics are off; whoever configured it knows.</summary>
    private static bool IsIntended(EventWrittenEventArgs eventData) =>
        eventData.EventName == "MetricInstrumentIgnored" && eventData.Payload is { Count: > 2 } payload && payload[2] is string why
        && (why.Contains("asks to drop", StringComparison.Ordinal) || why.Contains("not subscribed", StringComparison.Ordinal));

    private static string Message(EventWrittenEventArgs eventData)
    {
        var format = eventData.Message ?? eventData.EventName ?? "";
        if (eventData.Payload is not { Count: > 0 } payload) return format;
        try
        {
            return string.Format(CultureInfo.InvariantCulture, format, [.. payload]);
        }
        catch (FormatException)
        {
            return format;
        }
    }
}
