using Microsoft.Extensions.Options;
using Observability.Diagnostics;
using Observability.Resources;
using Observability.Sampling;

namespace Observability.Configuration;

/// <summary>Puts <c>OTEL_TRACES_SAMPLER</c> and the service's name into the sampling options; the section <c>Observability:Sampling</c> comes later and wins.</summary>
internal sealed class SamplingSetup(Settings settings, ProcessResource resource) : IConfigureOptions<SamplingOptions>
{
    public void Configure(SamplingOptions options)
    {
        options.ServiceName = resource["service.name"];
        foreach (var fault in SamplerFactory.ApplyEnvironment(options, settings.Variable("OTEL_TRACES_SAMPLER"), settings.Variable("OTEL_TRACES_SAMPLER_ARG")))
            CoreEventSource.Log.VariableIgnored(fault);
    }
}
