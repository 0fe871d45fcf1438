using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Observability.Sampling;

namespace OpenTelemetry.Trace;

/// <summary>Sets sampling policies on a tracer provider.</summary>
public static class SamplingTracerProviderBuilderExtensions
{
    /// <summary>
    /// Samples by these policies. A sampler that the application sets itself, before or after, stays in force, and OBS3003 says so.
    /// Standard variables (<c>OTEL_TRACES_SAMPLER</c>) set what the code leaves open.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets the policies; null for the defaults.</param>
    /// <exception cref="OptionsValidationException">Thrown when the provider is built: the options are invalid; every fault is listed.</exception>
    public static TracerProviderBuilder AddSamplingPolicies(this TracerProviderBuilder builder, Action<SamplingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddPolicies(services =>
        {
            if (configure is not null) services.Configure(configure);
        });
    }

    /// <summary>Samples by the policies of a configuration section, and follows its changes. Otherwise as the overload for code.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="section">The section, usually <see cref="SamplingOptions.SectionName"/>.</param>
    /// <exception cref="OptionsValidationException">Thrown when the provider is built: the options are invalid; every fault is listed.</exception>
    public static TracerProviderBuilder AddSamplingPolicies(this TracerProviderBuilder builder, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        return builder.AddPolicies(services => services.AddSamplingOptions(section));
    }

    private static TracerProviderBuilder AddPolicies(this TracerProviderBuilder builder, Action<IServiceCollection> addOptions)
    {
        builder.ConfigureServices(services =>
        {
            services.AddSingleton<IConfigureOptions<SamplingOptions>>(provider => new ConfigureOptions<SamplingOptions>(options => FromEnvironment(provider, options)));
            addOptions(services);
            services.ConfigureOpenTelemetryTracerProvider((provider, tracing) =>
            {
                var surroundings = provider.GetService<SamplingSurroundings>() ?? new SamplingSurroundings { ReadEnvironment = Reader(provider) };
                var sampler = new SamplerFactory(surroundings).CreateReloadable(provider.GetRequiredService<IOptionsMonitor<SamplingOptions>>());
                tracing.SetSampler(sampler);
                tracing.AddProcessor(new ExplicitSamplerWatch(sampler));
            });

            // First in line: the last SetSampler wins, and an explicit one shall, wherever it stands.
            var ours = services[^1];
            services.RemoveAt(services.Count - 1);
            services.Insert(0, ours);
        });
        return builder;
    }

    private static void FromEnvironment(IServiceProvider provider, SamplingOptions options)
    {
        var read = Reader(provider);
        foreach (var fault in SamplerFactory.ApplyEnvironment(options, read(SamplingEnvironment.Sampler), read(SamplingEnvironment.Argument)))
            SamplingEventSource.Log.EnvironmentIgnored(fault);
    }

    /// <summary>The SDK's configuration holds the process's environment, as the SDK itself reads it.</summary>
    private static Func<string, string?> Reader(IServiceProvider provider)
    {
        var configuration = provider.GetService<IConfiguration>();
        return key => configuration?[key];
    }
}
