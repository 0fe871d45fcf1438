using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace Observability.Hosting;

/// <summary>Starts telemetry before the host's other services start, so that nothing of theirs is missed.</summary>
internal sealed class TelemetryService(Telemetry telemetry) : IHostedLifecycleService, IDisposable
{
    private ProcessSignals? _hangup;

    public Task StartingAsync(CancellationToken cancellationToken) => Start();

    // The host before the generic one (WebHost) knows no other moment.
    public Task StartAsync(CancellationToken cancellationToken) => Start();

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The providers are flushed when the container disposes of them: other services may still speak while they stop.
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _hangup?.Dispose();

    private Task Start()
    {
        telemetry.Start();
        // Hosts stop in order on the other signals; this one ends the process under them.
        _hangup ??= new ProcessSignals(telemetry.Deliver, PosixSignal.SIGHUP);
        return Task.CompletedTask;
    }
}
