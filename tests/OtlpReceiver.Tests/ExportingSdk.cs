using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace OtlpReceiver.Tests;

/// <summary>The bare OpenTelemetry SDK with its own OTLP exporter, sending when told to.</summary>
internal sealed class ExportingSdk : IDisposable
{
    private readonly string _name = "exporting-" + Guid.NewGuid().ToString("N");
    private readonly ActivitySource _source;
    private readonly Meter _meter;
    private readonly Histogram<double> _histogram;
    private readonly TracerProvider _tracing;
    private readonly MeterProvider _metering;
    private readonly ILoggerFactory _logging;

    public ExportingSdk(Uri endpoint, OtlpProtocol protocol, Action<OtlpExporterOptions>? configure = null)
    {
        _source = new ActivitySource(_name);
        _meter = new Meter(_name);
        _histogram = _meter.CreateHistogram<double>("work.duration", "s", "How long the work took.");
        var resource = ResourceBuilder.CreateEmpty().AddService("exporting-sdk");
        _tracing = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(_name)
            .AddOtlpExporter(options => { Point(options, "traces"); options.ExportProcessorType = ExportProcessorType.Simple; }).Build();
        _metering = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(_name).SetExemplarFilter(ExemplarFilterType.TraceBased)
            .AddOtlpExporter((options, _) => Point(options, "metrics")).Build();
        _logging = LoggerFactory.Create(builder => builder.AddOpenTelemetry(logs => logs.SetResourceBuilder(resource)
            .AddOtlpExporter(options => { Point(options, "logs"); options.ExportProcessorType = ExportProcessorType.Simple; })));

        void Point(OtlpExporterOptions options, string signal)
        {
            options.Protocol = protocol == OtlpProtocol.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
            options.Endpoint = protocol == OtlpProtocol.Grpc ? endpoint : new Uri(endpoint, "v1/" + signal);
            options.TimeoutMilliseconds = 5000;
            configure?.Invoke(options);
        }
    }

    public string Name => _name;

    /// <summary>A parent with a child inside, a measurement and a log line in the child.</summary>
    public (Activity Parent, Activity Child) Work(string label)
    {
        using var parent = _source.StartActivity(label, ActivityKind.Server)!;
        using var child = _source.StartActivity("inner", ActivityKind.Client)!;
        child.SetTag("text", "Grüße").SetTag("number", 42).SetTag("flag", true).SetTag("ratio", 0.5).SetTag("list", new[] { "a", "b" });
        child.AddEvent(new ActivityEvent("happened", tags: new ActivityTagsCollection { ["why"] = "because" }));
        child.SetStatus(ActivityStatusCode.Error, "went wrong");
        _histogram.Record(0.25, new KeyValuePair<string, object?>("kind", label));
        _logging.CreateLogger("Category").LogWarning(7, "Worked on {Label}", label);
        return (parent, child);
    }

    public bool FlushMetrics() => _metering.ForceFlush(10_000);

    public void Dispose()
    {
        _tracing.Dispose();
        _metering.Dispose();
        _logging.Dispose();
        _source.Dispose();
        _meter.Dispose();
    }
}
