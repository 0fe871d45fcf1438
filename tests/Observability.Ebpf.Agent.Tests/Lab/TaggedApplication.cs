using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Observability.Ebpf.Agent.Tests.Lab;

/// <summary>What an application would write: AddObservability and AddEbpfCorrelation.</summary>
internal sealed class TaggedApplication : IDisposable
{
    private readonly ServiceProvider _services;
    private readonly ConcurrentQueue<Activity> _ended = new();

    public TaggedApplication(string maps, Action<EbpfOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddObservability(options => options.Prometheus.Enabled = false)
            .AddEbpfCorrelation(options =>
            {
                options.Maps = maps;
                configure?.Invoke(options);
            })
            .WithTracing(tracing => tracing.AddProcessor(new Collector(_ended)));
        _services = services.BuildServiceProvider();
        _ = _services.GetRequiredService<TracerProvider>();
        Sockets = _services.GetRequiredService<SocketCorrelation>();
    }

    public ActivitySource Source { get; } = new("Lab");

    public SocketCorrelation Sockets { get; }

    public IReadOnlyList<Activity> Ended => [.. _ended];

    public void Dispose()
    {
        Source.Dispose();
        _services.Dispose();
    }

    private sealed class Collector(ConcurrentQueue<Activity> ended) : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data) => ended.Enqueue(data);
    }
}
