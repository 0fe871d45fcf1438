using Microsoft.Extensions.Diagnostics.HealthChecks;
using Observability.Diagnostics;

namespace Observability.AspNetCore.Health;

/// <summary>Degraded while exports fail or queues are nearly full. Never unhealthy: an application without telemetry still serves.</summary>
internal sealed class ObservabilityHealthCheck(TelemetryHealthReport report) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var lanes = report.Exporters;
        var data = lanes.ToDictionary(lane => $"{lane.Signal}/{lane.Exporter}", object (lane) => $"exported {lane.Exported}, failed {lane.Failed}, dropped {lane.Dropped}, waiting {lane.Waiting} of {lane.Capacity}");
        var troubled = lanes.Where(lane => lane.IsFailing || lane.IsNearlyFull).Select(lane => $"{lane.Signal} over {lane.Exporter}").ToList();
        return Task.FromResult(troubled.Count == 0
            ? HealthCheckResult.Healthy("Telemetry is delivered.", data)
            : HealthCheckResult.Degraded("Telemetry is not delivered: " + string.Join(", ", troubled) + ".", data: data));
    }
}
