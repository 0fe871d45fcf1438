using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Observability.Prometheus;

namespace OpenTelemetry.Metrics;

/// <summary>Adds Prometheus exposition to a MeterProvider.</summary>
public static class PrometheusMeterProviderBuilderExtensions
{
    /// <summary>
    /// Adds a reader that Prometheus can scrape. It opens no port: start a <see cref="PrometheusListener"/>, or map the endpoint with
    /// <c>MapPrometheus()</c> of <c>Observability.AspNetCore</c>.
    /// </summary>
    /// <param name="builder">The provider's builder, of the host or of <c>Sdk.CreateMeterProviderBuilder()</c>.</param>
    /// <param name="configure">Changes the options; runs after those of <c>services.Configure&lt;PrometheusOptions&gt;</c>.</param>
    public static MeterProviderBuilder AddPrometheus(this MeterProviderBuilder builder, Action<PrometheusOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.ConfigureServices(services =>
        {
            services.AddPrometheusReader();
            if (configure is not null) services.PostConfigure(configure);
        });
        if (builder is not IDeferredMeterProviderBuilder deferred) return builder.AddReader(provider => provider.GetRequiredService<PrometheusMetricReader>());
        deferred.Configure(SetExemplarFilter);
        return deferred.Configure(static (provider, building) => provider.GetRequiredService<PrometheusMetricReader>().AddTo(building));
    }

    /// <summary>The SDK keeps no exemplars unless told; what the environment says is left alone.</summary>
    private static void SetExemplarFilter(IServiceProvider services, MeterProviderBuilder builder)
    {
        if (!services.GetRequiredService<IOptions<PrometheusOptions>>().Value.Exemplars) return;
        var configured = services.GetService<IConfiguration>()?["OTEL_METRICS_EXEMPLAR_FILTER"];
        if (string.IsNullOrEmpty(configured)) builder.SetExemplarFilter(ExemplarFilterType.TraceBased);
    }
}
