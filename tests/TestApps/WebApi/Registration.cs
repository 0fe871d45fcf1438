using Observability.AspNetCore;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace WebApi;

/// <summary>The ways in which applications register telemetry.</summary>
internal static class Registration
{
    public static void Add(IServiceCollection services, string? way)
    {
        switch (way)
        {
            case "twice":
                services.AddObservability();
                services.AddObservability();
                break;
            case "beside":
                // What services.AddOpenTelemetry() hands out is this same builder.
                services.AddObservability()
                    .WithTracing(tracing => tracing.AddSource("*", "WebApi", "Microsoft.AspNetCore").AddOtlpExporter())
                    .WithMetrics(metrics => metrics.AddMeter("*", "WebApi").AddOtlpExporter((_, reader) => reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = 500))
                    .WithLogging(logging => OpenTelemetry.Logs.OtlpLogExporterHelperExtensions.AddOtlpExporter(logging));
                break;
            case "sampler":
                services.AddObservability().WithTracing(tracing => tracing.SetSampler(new AlwaysOffSampler()));
                break;
            case "console":
                services.AddLogging(logging => logging.ClearProviders().AddSimpleConsole());
                services.AddObservability();
                break;
            case "throwing":
                services.AddObservability();
                services.Configure<ServerSpanOptions>(options => options.Enrich = static (_, _) => throw new InvalidOperationException("the enricher threw"));
                break;
            default:
                services.AddObservability();
                break;
        }
    }
}
