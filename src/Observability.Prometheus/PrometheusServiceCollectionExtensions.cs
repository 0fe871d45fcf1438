using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Observability.Prometheus;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers what exposition consists of.</summary>
public static class PrometheusServiceCollectionExtensions
{
    /// <summary>
    /// Registers one <see cref="PrometheusMetricReader"/> and its <see cref="PrometheusResponder"/>, for those who decide only when the
    /// provider is built whether it gets the reader. <c>AddPrometheus()</c> calls this.
    /// </summary>
    /// <param name="services">The services.</param>
    public static IServiceCollection AddPrometheusReader(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<PrometheusOptions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PrometheusOptions>, PrometheusOptionsValidator>());
        services.TryAddSingleton(provider => new PrometheusMetricReader(provider.GetRequiredService<IOptions<PrometheusOptions>>().Value));
        services.TryAddSingleton<PrometheusResponder>();
        return services;
    }
}
