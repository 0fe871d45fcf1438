using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Observability.AutoInstrumentation.Spans;

/// <summary>The moments in which the pipelines take over from what held spans and measurements until then.</summary>
internal sealed class Handover(Func<IReadOnlyList<Activity>> releaseSpans, Action<Instrument> stopHolding)
{
    public SeenSpans Seen { get; } = new();

    /// <summary>A view that has no opinion: the SDK asks it for every instrument, just before it listens to it.</summary>
    public MetricStreamConfiguration? Meets(Instrument instrument)
    {
        stopHolding(instrument);
        return null;
    }

    /// <summary>
    /// Takes the held spans over in the moment in which the tracer provider listens: as long as both listen, a span is recorded that the sampler would drop.
    /// </summary>
    public void OnceBuilt(IServiceCollection services)
    {
        var registered = services.Last(service => service.ServiceType == typeof(TracerProvider));
        services.Remove(registered);
        services.AddSingleton(provider =>
        {
            var tracers = (TracerProvider)registered.ImplementationFactory!(provider);
            HeldSpans.HandOver(tracers, new HeardSources(provider.GetRequiredService<IOptions<ObservabilityOptions>>().Value.Traces), Seen, releaseSpans);
            return tracers;
        });
    }
}
