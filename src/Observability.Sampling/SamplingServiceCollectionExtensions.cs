using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Observability.Sampling;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the options of sampling.</summary>
public static class SamplingServiceCollectionExtensions
{
    /// <summary>
    /// Reads <see cref="SamplingOptions"/> from a configuration section, again whenever it changes. Reading never throws: what
    /// cannot be read, and keys that nothing reads, are faults that <see cref="SamplerFactory"/> reports with all others.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="section">The section, usually <see cref="SamplingOptions.SectionName"/>.</param>
    public static IServiceCollection AddSamplingOptions(this IServiceCollection services, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        return services.AddSamplingOptions(_ => section);
    }

    /// <inheritdoc cref="AddSamplingOptions(IServiceCollection, IConfigurationSection)"/>
    /// <param name="services">The services.</param>
    /// <param name="section">Finds the section once the container is built.</param>
    public static IServiceCollection AddSamplingOptions(this IServiceCollection services, Func<IServiceProvider, IConfigurationSection> section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        services.AddOptions();
        services.AddSingleton<IOptionsChangeTokenSource<SamplingOptions>>(provider => new ConfigurationChangeTokenSource<SamplingOptions>(section(provider)));
        services.AddSingleton<IConfigureOptions<SamplingOptions>>(provider => new ConfigureOptions<SamplingOptions>(options => SamplingOptionsReader.Read(section(provider), options)));
        // The secret of forcing is looked up where the sampler will look it up.
        services.TryAddSingleton(provider => new SamplingOptionsValidator(provider.GetService<SamplingSurroundings>()?.ReadEnvironment));
        return services;
    }
}
