using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Observability.Configuration;
using Observability.Diagnostics;
using Observability.Export;
using Observability.Resources;
using Observability.Sampling;
using Observability.Sources;
using OpenTelemetry;
using OpenTelemetry.Resources;

namespace Observability.Pipelines;

/// <summary>What the three pipelines of one host share.</summary>
internal sealed class Composition(IServiceProvider services, IOptions<ObservabilityOptions> options, ProcessResource resource, TelemetryHealth health, ApplicationOtlp applicationOtlp) : IDisposable
{
    private ExcludedSources? _excluded;

    public ObservabilityOptions Options { get; } = options.Value;

    public TelemetryHealth Health => health;

    public ApplicationOtlp ApplicationOtlp => applicationOtlp;

    public string? Variable(string name) => services.GetRequiredService<Settings>().Variable(name);

    /// <summary>Puts who speaks into a provider's resource, in place of the SDK's defaults: those read the variables too, and neither decode them nor leave out what is malformed.</summary>
    public void Describe(ResourceBuilder builder) => builder.Clear().AddTelemetrySdk().AddDetector(resource);

    /// <summary>Whether the application itself exports the signal over OTLP; known once the providers are built.</summary>
    public Func<bool> StandsBy(Signal signal) => () => applicationOtlp.Exports(signal);

    /// <summary>The configured policies, reloadable. Path rules need the request's attributes before the span exists, which cost every request: they are asked for only then.</summary>
    public PolicySampler Sampler()
    {
        var monitor = services.GetRequiredService<IOptionsMonitor<SamplingOptions>>();
        if (SamplerFactory.NeedsRequestAttributes(monitor.CurrentValue)) AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        return Samplers.CreateReloadable(monitor);
    }

    /// <summary>Lets failed and slow traces that the sampler dropped reach the queue too, when that is switched on.</summary>
    public BaseProcessor<Activity> KeepTail(BaseProcessor<Activity> queue) =>
        Samplers.WrapExport(services.GetRequiredService<IOptionsMonitor<SamplingOptions>>().CurrentValue, queue);

    public void ExcludeSources()
    {
        var prefixes = Options.Traces.ExcludedSourcePrefixes;
        _excluded ??= new ExcludedSources(prefixes.Count == 0 ? ["Experimental.", "Private."] : prefixes, Options.Traces.Sources);
    }

    /// <summary>The providers are built and listen.</summary>
    public void ProvidersBuilt()
    {
        applicationOtlp.Built();
        _excluded?.Close();
    }

    public void Dispose() => _excluded?.Dispose();

    private SamplerFactory Samplers => services.GetRequiredService<SamplerFactory>();
}
