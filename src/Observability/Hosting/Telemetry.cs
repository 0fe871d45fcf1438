using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Observability.Diagnostics;
using Observability.Export;
using Observability.Pipelines;
using Observability.Propagation;
using Observability.Resources;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Observability.Hosting;

/// <summary>The running whole of one container: builds the providers once, before anything else starts.</summary>
internal sealed class Telemetry(IServiceProvider services, Composition composition, DiagnosticLines lines)
{
    private readonly Lock _starting = new();
    private bool _started;

    public void Start()
    {
        lock (_starting)
        {
            if (_started) return;
            _started = true;
            _ = services.GetRequiredService<SelfDiagnostics>();
            var lacksPackage = services.GetService<WebWithoutPackage>() is { IsThis: true };
            if (lacksPackage) WebWithoutPackage.FillSpans();
            services.GetRequiredService<ContextPropagation>().Apply();
            if (composition.Options.Enabled) _ = services.GetRequiredService<HealthMeter>();
            var log = services.GetRequiredService<ILoggerFactory>().CreateLogger(DiagnosticLines.Category);
            // Built last and hence disposed of first, by the container: it ends the providers within one budget, and the log still takes what that has to tell.
            _ = services.GetRequiredService<ProcessEnd>();
            composition.ProvidersBuilt();
            Tell(log, lacksPackage);
        }
    }

    /// <summary>Delivers what is queued, and goes on.</summary>
    public void Deliver() => services.GetRequiredService<ProcessEnd>().Deliver();

    /// <summary>Builds the providers. Logs first: a processor of the application's may log while the others are being built.</summary>
    public static ProviderShutdown Build(IServiceProvider services)
    {
        var loggers = services.GetService<LoggerProvider>();
        var meters = services.GetService<MeterProvider>();
        var tracers = services.GetService<TracerProvider>();
        var composition = services.GetRequiredService<Composition>();
        return new ProviderShutdown(tracers, meters, loggers, composition.Health, composition.Options.ShutdownTimeout);
    }

    private void Tell(ILogger log, bool lacksPackage)
    {
        lines.WriteTo(log);
        foreach (var fault in composition.Options.IgnoredVariables.Concat(services.GetRequiredService<ContextPropagation>().Faults)) CoreEventSource.Log.VariableIgnored(fault);
        if (composition.Options.Enabled) services.GetRequiredService<ProcessResource>().Tell();
        if (lacksPackage) CoreEventSource.Log.AspNetCorePackageMissing();
        foreach (var signal in Enum.GetValues<Signal>())
            if (composition.Health.Lanes.Any(lane => lane.Signal == signal && lane.Exporter == "otlp") && composition.ApplicationOtlp.Exports(signal))
                CoreEventSource.Log.StandsBy(signal.ToString().ToLowerInvariant());
    }
}
