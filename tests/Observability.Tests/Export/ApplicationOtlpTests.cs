using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Observability.Hosting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Observability.Tests.Export;

/// <summary>An OTLP exporter of the application's own beside the product's.</summary>
[Collection(Alone.Name)]
public sealed class ApplicationOtlpTests : IDisposable
{
    private readonly string _name = "Test." + Guid.NewGuid().ToString("N");
    private readonly CountingCollector _collector = new();

    public static TheoryData<string> Ways => ["none", "every signal, before", "every signal, behind", "one by one", "one by one, by one name"];

    [Theory]
    [MemberData(nameof(Ways))]
    public void Nothing_is_sent_twice(string way)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(Settings()).Build());
        if (way == "every signal, before") new ObservabilityBuilder(services).UseOtlpExporter(OtlpExportProtocol.HttpProtobuf, _collector.Address);
        var builder = services.AddObservability();
        if (way == "every signal, behind") builder.UseOtlpExporter(OtlpExportProtocol.HttpProtobuf, _collector.Address);
        if (way == "one by one") OneByOne(builder);
        if (way == "one by one, by one name") OneByOne(builder, "collector");
        using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<Telemetry>().Start();

        Speak(provider);
        foreach (var signal in new[] { "traces", "metrics", "logs" }) Assert.Equal((signal, 1), (signal, _collector.Requests("/v1/" + signal)));
    }

    [Fact]
    public void Who_reads_such_options_when_the_providers_are_built_exports_nothing_by_that()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(Settings()).Build());
        services.AddObservability();
        using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<Telemetry>().Start();
        _ = provider.GetRequiredService<IOptionsMonitor<OtlpExporterOptions>>().Get("read by the application");
        _ = provider.GetRequiredService<IOptionsMonitor<OtlpExporterOptions>>().CurrentValue;

        Speak(provider);
        foreach (var signal in new[] { "traces", "metrics", "logs" }) Assert.Equal((signal, 1), (signal, _collector.Requests("/v1/" + signal)));
    }

    public void Dispose() => _collector.Dispose();

    private Dictionary<string, string?> Settings() => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _collector.Address.AbsoluteUri,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["Observability:Traces:Sources:0"] = _name,
        ["Observability:Metrics:Meters:0"] = _name,
        ["Observability:Prometheus:Port"] = "0",
    };

    private void OneByOne(IOpenTelemetryBuilder builder)
    {
        void To(OtlpExporterOptions options, string signal) => (options.Protocol, options.Endpoint) = (OtlpExportProtocol.HttpProtobuf, new Uri(_collector.Address, "v1/" + signal));
        builder.WithTracing(tracing => tracing.AddOtlpExporter(options => To(options, "traces")));
        builder.WithMetrics(metrics => metrics.AddOtlpExporter(options => To(options, "metrics")));
        builder.WithLogging(logging => logging.AddOtlpExporter(options => To(options, "logs")));
    }

    /// <summary>Options of a name are made once, for whichever signal asks for them first.</summary>
    private static void OneByOne(IOpenTelemetryBuilder builder, string name)
    {
        static void Nothing(OtlpExporterOptions options)
        {
        }

        builder.WithTracing(tracing => tracing.AddOtlpExporter(name, Nothing));
        builder.WithMetrics(metrics => metrics.AddOtlpExporter(name, Nothing));
        builder.WithLogging(logging => logging.AddOtlpExporter(name, Nothing));
    }

    private void Speak(ServiceProvider provider)
    {
        using var source = new ActivitySource(_name);
        using var meter = new Meter(_name);
        source.StartActivity("work")?.Dispose();
        meter.CreateCounter<int>("work").Add(1);
        provider.GetRequiredService<ILoggerFactory>().CreateLogger(_name).LogWarning("work");
        provider.GetRequiredService<TracerProvider>().ForceFlush();
        provider.GetRequiredService<MeterProvider>().ForceFlush();
        provider.GetRequiredService<LoggerProvider>().ForceFlush();
    }
}
