using Microsoft.Extensions.Options;
using Observability.Resources;
using Observability.Sampling;

namespace Observability.Configuration;

/// <summary>Puts <c>OTEL_TRACES_SAMPLER</c> and the service's name into the sampling options; the section <c>Observability:Sampling</c> comes later and wins.</summary>
internal sealed class SamplingSetup(Settings settings, ProcessResource resource) : IConfigureOptions<SamplingOptions>
{
    public void Configure(SamplingOptions options)
    {
        options.ServiceName = resource["service.name"];
        Apply(options, settings.Variable);
    }

    /// <summary>What is wrong with the variables. It is told with that of the others: these options are first made before anybody listens to diagnostics, and again with each reload.</summary>
    public static IReadOnlyList<string> Faults(Func<string, string?> variable) => Apply(new SamplingOptions(), variable);

    private static IReadOnlyList<string> Apply(SamplingOptions options, Func<string, string?> variable) =>
        SamplerFactory.ApplyEnvironment(options, variable("OTEL_TRACES_SAMPLER"), variable("OTEL_TRACES_SAMPLER_ARG"));
}
