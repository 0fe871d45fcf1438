using Observability.Diagnostics;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Observability.Hosting;

/// <summary>
/// Delivers what is queued, all three signals side by side within one budget. A container disposes of its providers one after
/// another, each with a budget of its own; a collector that never answers would hold the process for their sum.
/// </summary>
internal sealed class ProviderShutdown(TracerProvider? tracers, MeterProvider? meters, LoggerProvider? loggers, TelemetryHealth health, TimeSpan budget)
{
    /// <summary>Delivers and goes on.</summary>
    public void Flush() => Run(
        milliseconds => tracers?.ForceFlush(milliseconds),
        milliseconds => loggers?.ForceFlush(milliseconds),
        milliseconds => meters?.ForceFlush(milliseconds));

    /// <summary>Delivers and ends; what the container does to the providers afterwards takes no time.</summary>
    public void Shutdown() => Run(
        milliseconds => tracers?.Shutdown(milliseconds),
        milliseconds => loggers?.Shutdown(milliseconds),
        milliseconds => meters?.Shutdown(milliseconds));

    private void Run(params Func<int, bool?>[] deliveries)
    {
        var milliseconds = (int)budget.TotalMilliseconds;
        try
        {
            // What enters meanwhile is of a process that goes on, and not late.
            var entered = health.Lanes.Select(lane => (Lane: lane, Mark: lane.Entered)).ToList();
            // Threads of their own: the pool may be exhausted, and at the end of a process nobody feeds it.
            var running = Array.ConvertAll(deliveries, deliver => Task.Factory.StartNew(() => deliver(milliseconds), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
            var inTime = Task.WaitAll(running, budget);
            if (!inTime || entered.Any(before => !before.Lane.HasLeft(before.Mark))) CoreEventSource.Log.FlushTimedOut(milliseconds);
        }
        catch (Exception failure)
        {
            // The process is ending for a reason of its own; telemetry must not give it another.
            CoreEventSource.Log.Contained("the delivery at the end", failure.GetBaseException().GetType().Name);
        }
    }
}
