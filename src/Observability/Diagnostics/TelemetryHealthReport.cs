using Observability.Export;

namespace Observability.Diagnostics;

/// <summary>How well telemetry itself does, as it stands when it is read. Taken from the container of an application that calls <c>AddObservability()</c>.</summary>
public sealed class TelemetryHealthReport
{
    private readonly TelemetryHealth _health;

    internal TelemetryHealthReport(TelemetryHealth health) => _health = health;

    /// <summary>One entry for each exporter of each signal.</summary>
    public IReadOnlyList<ExporterHealth> Exporters => [.. _health.Lanes.Select(Read)];

    private static ExporterHealth Read(ExportLane lane)
    {
        // Before the counts: a lane that is seen to fail has counted what it lost.
        var isFailing = lane.FailingInARow > 0;
        return new ExporterHealth(lane.Signal.ToString().ToLowerInvariant(), lane.Exporter, lane.Exported, lane.Failed, lane.Dropped, lane.Waiting, lane.Capacity, isFailing);
    }
}
