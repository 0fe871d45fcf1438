using Microsoft.Extensions.Hosting;

namespace Observability.Hosting;

/// <summary>Starts telemetry before the host's other services start, so that nothing of theirs is missed.</summary>
internal sealed class TelemetryService(Telemetry telemetry, HangupSignal hangup) : IHostedLifecycleService, IDisposable
{
    private bool _listens;

    public Task StartingAsync(CancellationToken cancellationToken) => Start();

    // The host before the generic one (WebHost) knows no other moment.
    public Task StartAsync(CancellationToken cancellationToken) => Start();

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The providers are flushed when the container disposes of them: other services may still speak while they stop.
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        if (_listens) hangup.Remove(telemetry.Deliver);
    }

    private Task Start()
    {
        telemetry.Start();
        if (!_listens) hangup.Add(telemetry.Deliver);
        _listens = true;
        return Task.CompletedTask;
    }
}
