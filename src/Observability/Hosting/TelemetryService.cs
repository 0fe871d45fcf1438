using Microsoft.Extensions.Hosting;

namespace Observability.Hosting;

/// <summary>Starts telemetry before the host's other services start, so that nothing of theirs is missed.</summary>
internal sealed class TelemetryService(Telemetry telemetry) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        telemetry.Start();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The providers are flushed when the container disposes of them: other services may still speak while they stop.
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
