using Microsoft.Extensions.Options;
using Observability.Diagnostics;
using Observability.Export;
using Observability.Sources;
using OpenTelemetry.Resources;

namespace Observability.Pipelines;

/// <summary>What the three pipelines of one host share.</summary>
internal sealed class Composition(IOptions<ObservabilityOptions> options, TelemetryHealth health, ApplicationOtlp applicationOtlp) : IDisposable
{
    private ExcludedSources? _excluded;

    public ObservabilityOptions Options { get; } = options.Value;

    public TelemetryHealth Health => health;

    public ApplicationOtlp ApplicationOtlp => applicationOtlp;

    /// <summary>Puts who speaks into a provider's resource.</summary>
    public void Describe(ResourceBuilder resource)
    {
        if (Options.ServiceName is { } name) resource.AddService(name, Options.ServiceNamespace, Options.ServiceVersion, Options.ServiceInstanceId is null, Options.ServiceInstanceId);
    }

    /// <summary>Whether the application itself exports the signal over OTLP; known once the providers are built.</summary>
    public Func<bool> StandsBy(Signal signal) => () => applicationOtlp.Exports(signal);

    public void ExcludeSources()
    {
        var prefixes = Options.Traces.ExcludedSourcePrefixes;
        _excluded ??= new ExcludedSources(prefixes.Count == 0 ? ["Experimental."] : prefixes, Options.Traces.Sources);
    }

    /// <summary>The providers are built and listen.</summary>
    public void ProvidersBuilt() => _excluded?.Close();

    public void Dispose() => _excluded?.Dispose();
}
