using Microsoft.Extensions.DependencyInjection;
using Observability.Configuration;
using Observability.Export;
using Observability.Export.Console;
using Observability.Prometheus;
using Observability.Sources.ProcessMetrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Observability.Pipelines;

/// <summary>Measurements from their meters to their exporters.</summary>
internal static class MetricsPipeline
{
    public static void Configure(IServiceProvider services, MeterProviderBuilder builder)
    {
        var composition = services.GetRequiredService<Composition>();
        composition.ApplicationOtlp.Building(Signal.Metrics);
        var metrics = composition.Options.Metrics;
        if (!composition.Options.Enabled || !metrics.Enabled) return;

        builder.ConfigureResource(composition.Describe);
        if (metrics.ConstantLabels.Count > 0)
            builder.ConfigureResource(resource => resource.AddAttributes(metrics.ConstantLabels.Select(label => new KeyValuePair<string, object>(label.Key, label.Value))));
        builder.AddMeter(metrics.Meters.Count == 0 ? ["*"] : [.. metrics.Meters]);
        builder.AddView(new InstrumentViews(metrics, OtherViews.Of(builder)).For);
        builder.SetExemplarFilter(metrics.ExemplarFilter switch
        {
            "always_on" => ExemplarFilterType.AlwaysOn,
            "always_off" => ExemplarFilterType.AlwaysOff,
            _ => ExemplarFilterType.TraceBased,
        });
        _ = services.GetRequiredService<ProcessMeter>();
        if (metrics.Exporters.Wants(Names.Prometheus, byDefault: true)) services.GetRequiredService<PrometheusMetricReader>().AddTo(builder);
        Push(builder, composition);
    }

    private static void Push(MeterProviderBuilder builder, Composition composition)
    {
        var metrics = composition.Options.Metrics;
        var otlp = OtlpSettings.For(Signal.Metrics, composition.Options.Otlp);
        if (metrics.Exporters.Wants(Names.Otlp, byDefault: otlp.IsConfigured))
        {
            var lane = composition.Health.Open(Signal.Metrics, Names.Otlp, capacity: 0);
            builder.AddReader(Periodic(new OtlpMetricsExporter(OtlpClient.Options(otlp, lane), lane, composition.StandsBy(Signal.Metrics)), metrics));
        }
        if (metrics.Exporters.Wants(Names.Console))
            builder.AddReader(Periodic(new ConsoleMetricExporter(System.Console.Out, ConsoleStyle.Of(!System.Console.IsOutputRedirected, composition.Variable)), metrics));
    }

    private static PeriodicExportingMetricReader Periodic(BaseExporter<Metric> exporter, MetricsOptions metrics) =>
        new(exporter, (int)metrics.ExportInterval.TotalMilliseconds, (int)metrics.ExportTimeout.TotalMilliseconds)
        {
            TemporalityPreference = metrics.Temporality switch
            {
                Names.Delta => MetricReaderTemporalityPreference.Delta,
                Names.LowMemory => MetricReaderTemporalityPreference.LowMemory,
                _ => MetricReaderTemporalityPreference.Cumulative,
            },
        };
}
