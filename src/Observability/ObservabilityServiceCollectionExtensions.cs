using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Observability;
using Observability.Configuration;
using Observability.Diagnostics;
using Observability.Export;
using Observability.Hosting;
using Observability.Logging;
using Observability.Logs;
using Observability.Pipelines;
using Observability.Prometheus;
using Observability.Propagation;
using Observability.Resources;
using Observability.Sampling;
using Observability.Sources.ProcessMetrics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The one line.</summary>
public static class ObservabilityServiceCollectionExtensions
{
    /// <summary>
    /// Turns on traces, metrics and JSON logs with <c>trace_id</c>. May be called more than once, and beside the
    /// OpenTelemetry SDK's own registration: nothing is doubled, and nothing that the application set is replaced.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <returns>OpenTelemetry's builder, to add what the application wants besides.</returns>
    /// <exception cref="OptionsValidationException">When the host starts, if the configuration is wrong; it lists every fault.</exception>
    public static IOpenTelemetryBuilder AddObservability(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Any(service => service.ServiceType == typeof(Telemetry))) return new ObservabilityBuilder(services);

        services.AddOptions();
        AddSettings(services);
        AddDiagnostics(services);
        HostConsole.GiveWay(services);
        services.AddLogging(logging => logging.AddJsonLines());
        HostFeatures.Add(services);
        AddParts(services);
        AddPipelines(services);
        ContextPropagation.Register(services);
        services.AddSingleton(new HangupSignal());
        services.AddHostedService<TelemetryService>();
        services.AddSingleton<PrometheusEndpoint>().AddHostedService(provider => provider.GetRequiredService<PrometheusEndpoint>());
        return new ObservabilityBuilder(services);
    }

    /// <inheritdoc cref="AddObservability(IServiceCollection)"/>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Settings from code; they win over the configuration section and over <c>OTEL_*</c>.</param>
    public static IOpenTelemetryBuilder AddObservability(this IServiceCollection services, Action<ObservabilityOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var builder = services.AddObservability();
        services.Configure(configure);
        return builder;
    }

    private static void AddSettings(IServiceCollection services)
    {
        // First of all, so that what code configures comes later and wins, wherever the call stands.
        services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<ObservabilityOptions>, ObservabilityOptionsSetup>());
        services.AddSingleton<IPostConfigureOptions<ObservabilityOptions>, VariableConflicts>();
        services.AddSingleton<IValidateOptions<ObservabilityOptions>, ObservabilityOptionsValidator>();
        services.AddSingleton<IValidateOptions<ObservabilityOptions>, PartsValidator>();
        services.AddSingleton<Settings>();
        services.AddSingleton<ProcessResource>();
        services.AddOptions<ObservabilityOptions>().ValidateOnStart();
    }

    private static void AddDiagnostics(IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<TelemetryHealth>();
        services.AddSingleton(provider => new TelemetryHealthReport(provider.GetRequiredService<TelemetryHealth>()));
        services.AddSingleton<DiagnosticLines>();
        services.AddSingleton<SelfDiagnostics>();
        services.AddSingleton<HealthMeter>();
    }

    /// <summary>The packages underneath, each with its options derived from the one section.</summary>
    private static void AddParts(IServiceCollection services)
    {
        services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<JsonLinesOptions>, JsonLinesSetup>());
        services.AddSingleton<IOptionsChangeTokenSource<JsonLinesOptions>, JsonLinesReload>();
        services.AddSingleton<IPostConfigureOptions<LoggerFilterOptions>, JsonLinesFilter>();

        services.AddPrometheusReader();
        services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<PrometheusOptions>, PrometheusSetup>());

        services.AddSamplingOptions(provider => provider.GetRequiredService<Settings>().Section(SettingsShape.Sampling));
        services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<SamplingOptions>, SamplingSetup>());
        services.TryAddSingleton(provider => new SamplingSurroundings { ReadEnvironment = provider.GetRequiredService<Settings>().Variable });
        services.AddSingleton<SamplerFactory>();

        services.AddSingleton(provider => new ProcessMeter(provider.GetRequiredService<TimeProvider>()));
    }

    private static void AddPipelines(IServiceCollection services)
    {
        var applicationOtlp = new ApplicationOtlp();
        services.AddSingleton(applicationOtlp.In);
        services.AddSingleton<IPostConfigureOptions<OtlpExporterOptions>>(applicationOtlp);
        services.AddSingleton<IOptionsMonitorCache<OtlpExporterOptions>>(_ => new NamedOtlp(applicationOtlp));
        services.AddSingleton<Composition>();
        services.AddSingleton<Telemetry>();
        services.AddSingleton(provider => new ProcessEnd(Telemetry.Build(provider), provider.GetRequiredService<DiagnosticLines>()));

        new ObservabilityBuilder(services).WithTracing().WithMetrics().WithLogging(static _ => { }, static options =>
        {
            options.IncludeFormattedMessage = true;
            options.ParseStateValues = true;
        });
        services.AddSingleton<ScopeAttributes>();
        ContainedLogging.Add(services);
        // Ours come before the application's: whatever it sets, a sampler above all, is set later and stays.
        First(services, () => services.ConfigureOpenTelemetryTracerProvider(TracesPipeline.Configure));
        First(services, () => services.ConfigureOpenTelemetryMeterProvider(MetricsPipeline.Configure));
        First(services, () => services.ConfigureOpenTelemetryLoggerProvider(LogsPipeline.Configure));
    }

    /// <summary>Puts the service that is added in front of all others.</summary>
    private static void First(IServiceCollection services, Action add)
    {
        var before = services.Count;
        add();
        for (var i = before; i < services.Count; i++)
        {
            var service = services[i];
            services.RemoveAt(i);
            services.Insert(i - before, service);
        }
    }
}
