using System.Diagnostics.Metrics;
using Observability.Export;

namespace Observability.Diagnostics;

/// <summary>
/// Own health as metrics, named by the semantic conventions for the OpenTelemetry SDK where they have a name
/// (<c>otel.sdk.*</c>), else <c>observability.*</c>. Read only when collected.
/// </summary>
internal sealed class HealthMeter : IDisposable
{
    public const string Name = "Observability";

    private readonly Meter _meter = new(Name);

    public HealthMeter(TelemetryHealth health)
    {
        foreach (var (signal, item, unit) in new[] { (Signal.Traces, "span", "{span}"), (Signal.Logs, "log", "{log_record}"), (Signal.Metrics, "metric_data_point", "{data_point}") })
        {
            _meter.CreateObservableCounter($"otel.sdk.exporter.{item}.exported", () => Exported(health, signal), unit, "Items whose export has ended; with error.type, those that were lost.");
            if (signal == Signal.Metrics) continue;
            _meter.CreateObservableUpDownCounter($"otel.sdk.processor.{item}.queue.size", () => Queues(health, signal, lane => lane.Waiting), unit, "Items accepted and not yet exported.");
            _meter.CreateObservableUpDownCounter($"otel.sdk.processor.{item}.queue.capacity", () => Queues(health, signal, lane => lane.Capacity), unit, "The most items that may wait.");
            _meter.CreateObservableCounter($"observability.{item}.dropped", () => Queues(health, signal, lane => lane.Dropped), unit, "Items dropped because the queue was full.");
        }
        _meter.CreateObservableCounter("observability.span.limited", () => Limited(health), "{item}", "Values cut, and attributes, events and links dropped, by the span limits.");
        _meter.CreateObservableCounter("observability.diagnostics", () => Diagnostics(health), "{event}", "Own diagnostics raised, by id.");
    }

    public void Dispose() => _meter.Dispose();

    private static List<Measurement<long>> Exported(TelemetryHealth health, Signal signal)
    {
        var measurements = new List<Measurement<long>>();
        foreach (var lane in health.Lanes.Where(lane => lane.Signal == signal))
        {
            measurements.Add(new(lane.Exported, Component(lane)));
            measurements.Add(new(lane.Failed, Component(lane), new("error.type", "export_failed")));
        }
        return measurements;
    }

    private static IEnumerable<Measurement<long>> Queues(TelemetryHealth health, Signal signal, Func<ExportLane, long> read) =>
        health.Lanes.Where(lane => lane.Signal == signal && lane.Capacity > 0).Select(lane => new Measurement<long>(read(lane), Component(lane)));

    private static KeyValuePair<string, object?> Component(ExportLane lane) => new("otel.component.type", lane.Exporter);

    private static Measurement<long>[] Limited(TelemetryHealth health) =>
    [
        new(health.CutValues, new KeyValuePair<string, object?>("kind", "value")),
        new(health.DroppedAttributes, new KeyValuePair<string, object?>("kind", "attribute")),
        new(health.DroppedEvents, new KeyValuePair<string, object?>("kind", "event")),
        new(health.DroppedLinks, new KeyValuePair<string, object?>("kind", "link")),
    ];

    private static IEnumerable<Measurement<long>> Diagnostics(TelemetryHealth health) =>
        health.Diagnostics.Select(entry => new Measurement<long>(entry.Value, new KeyValuePair<string, object?>("id", "OBS" + entry.Key)));
}
