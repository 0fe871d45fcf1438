using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Observability.Configuration;
using Observability.Diagnostics;
using Observability.Pipelines;
using Observability.Prometheus;

namespace Observability.Hosting;

/// <summary>Opens the metrics endpoint on its own port. A port that cannot be had is a diagnostic: the application goes on.</summary>
internal sealed class PrometheusEndpoint(IServiceProvider services, Composition composition) : IHostedService, IAsyncDisposable, IDisposable
{
    private PrometheusListener? _listener;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Open();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => _listener?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _listener?.DisposeAsync() ?? ValueTask.CompletedTask;

    // A container that is disposed of synchronously accepts nothing else; the listener ends its connections at once.
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public void Open()
    {
        var options = composition.Options;
        if (_listener is not null || !options.Enabled || !options.Metrics.Enabled || !options.Prometheus.Enabled) return;
        if (!options.Metrics.Exporters.Wants(Names.Prometheus, byDefault: true)) return;
        var where = services.GetRequiredService<IOptions<PrometheusOptions>>().Value.Listener;
        try
        {
            var listener = new PrometheusListener(services.GetRequiredService<PrometheusResponder>(), where);
            listener.Start();
            _listener = listener;
        }
        catch (Exception failure)
        {
            CoreEventSource.Log.PrometheusEndpointFailed($"{where.Host}:{where.Port}", failure.GetBaseException().Message.TrimEnd('.'));
        }
    }
}
