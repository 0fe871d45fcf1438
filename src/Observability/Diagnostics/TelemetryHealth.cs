using System.Collections.Concurrent;
using System.Numerics;
using Observability.Export;

namespace Observability.Diagnostics;

/// <summary>All that tells how well telemetry itself does: one lane an exporter, one counter a diagnostic id.</summary>
internal sealed class TelemetryHealth
{
    private readonly ConcurrentBag<ExportLane> _lanes = [];
    private readonly ConcurrentDictionary<int, long> _diagnostics = new();
    private long _cutValues;
    private long _droppedAttributes;
    private long _droppedEvents;
    private long _droppedLinks;
    private long _limitedSpans;

    public IEnumerable<ExportLane> Lanes => _lanes;

    /// <summary>How often each diagnostic id was raised, whether it was written or held back.</summary>
    public IEnumerable<KeyValuePair<int, long>> Diagnostics => _diagnostics;

    public long CutValues => Volatile.Read(ref _cutValues);
    public long DroppedAttributes => Volatile.Read(ref _droppedAttributes);
    public long DroppedEvents => Volatile.Read(ref _droppedEvents);
    public long DroppedLinks => Volatile.Read(ref _droppedLinks);

    public ExportLane Open(Signal signal, string exporter, int capacity)
    {
        var lane = new ExportLane(signal, exporter, capacity, ExportFailed, QueueFull);
        _lanes.Add(lane);
        return lane;
    }

    public void Raised(int id) => _diagnostics.AddOrUpdate(id, 1, static (_, count) => count + 1);

    public void LimitsApplied(int values, int attributes, int events, int links)
    {
        var cut = Interlocked.Add(ref _cutValues, values);
        var droppedAttributes = Interlocked.Add(ref _droppedAttributes, attributes);
        var droppedEvents = Interlocked.Add(ref _droppedEvents, events);
        var droppedLinks = Interlocked.Add(ref _droppedLinks, links);
        // Told for the first such span, the second, the fourth, …: every one of them may be one.
        if (BitOperations.IsPow2(Interlocked.Increment(ref _limitedSpans))) CoreEventSource.Log.LimitsApplied(cut, droppedAttributes, droppedEvents, droppedLinks);
    }

    /// <summary>For a span that comes by again: its events and links are counted then.</summary>
    public void AttributeLimitsApplied(int values, int attributes, int events, int links)
    {
        if ((values | attributes) != 0) LimitsApplied(values, attributes, events: 0, links: 0);
    }

    private static void ExportFailed(ExportLane lane, long items, string? reason) =>
        CoreEventSource.Log.ExportFailed(lane.Signal.ToString().ToLowerInvariant(), lane.Exporter, items, reason ?? SdkReasons.Take());

    private static void QueueFull(ExportLane lane) =>
        CoreEventSource.Log.QueueFull(lane.Signal.ToString().ToLowerInvariant(), lane.Exporter, lane.Capacity);
}
