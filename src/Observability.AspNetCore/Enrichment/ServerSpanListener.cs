using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Observability.AspNetCore.Enrichment;

/// <summary>Subscribes to what ASP.NET Core tells about requests, for as long as the host runs.</summary>
internal sealed class ServerSpanListener(IServiceProvider services, ServerSpans spans) : IHostedLifecycleService, IDisposable
{
    private IDisposable? _subscription;

    public Task StartingAsync(CancellationToken cancellationToken) => Listen();

    // The host before the generic one (WebHost) knows no other moment.
    public Task StartAsync(CancellationToken cancellationToken) => Listen();

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _subscription?.Dispose();

    private Task Listen()
    {
        // Absent when the package is referenced by an application without a web server.
        if (_subscription is null && spans.AreWanted && services.GetService<DiagnosticListener>() is { } listener)
            _subscription = listener.Subscribe(spans, static (name, _, _) => ServerSpans.Hears(name));
        return Task.CompletedTask;
    }
}
