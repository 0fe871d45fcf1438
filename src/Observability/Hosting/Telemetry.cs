using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Observability.Diagnostics;
using Observability.Export;
using Observability.Pipelines;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Observability.Hosting;

/// <summary>The running whole of one container: builds the providers once, and flushes them when the process ends.</summary>
internal sealed class Telemetry(IServiceProvider services, Composition composition, DiagnosticLines lines) : IDisposable
{
    private readonly object _starting = new();
    private ProcessEnd? _end;

    public void Start()
    {
        lock (_starting)
        {
            if (_end is not null) return;
            _ = services.GetRequiredService<SelfDiagnostics>();
            if (composition.Options.Enabled) _ = services.GetRequiredService<HealthMeter>();
            // Logs first: a processor of the application's may log while the other providers are being built.
            var loggers = services.GetService<LoggerProvider>();
            var meters = services.GetService<MeterProvider>();
            var tracers = services.GetService<TracerProvider>();
            composition.ProvidersBuilt();
            _end = new ProcessEnd(tracers, meters, loggers, composition.Options.ShutdownTimeout);
            Tell();
        }
    }

    public void Dispose() => _end?.Dispose();

    private void Tell()
    {
        lines.WriteTo(services.GetRequiredService<ILoggerFactory>().CreateLogger(DiagnosticLines.Category));
        foreach (var fault in composition.Options.IgnoredVariables) CoreEventSource.Log.VariableIgnored(fault);
        if (services.GetService<WebWithoutPackage>() is not null) CoreEventSource.Log.AspNetCorePackageMissing();
        foreach (var signal in Enum.GetValues<Signal>())
            if (composition.Health.Lanes.Any(lane => lane.Signal == signal && lane.Exporter == "otlp") && composition.ApplicationOtlp.Exports(signal))
                CoreEventSource.Log.StandsBy(signal.ToString().ToLowerInvariant());
    }
}
