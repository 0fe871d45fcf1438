using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Observability.Configuration;
using Observability.Export;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Trace;

namespace Observability.Pipelines;

/// <summary>Spans from their sources to their exporters.</summary>
internal static class TracesPipeline
{
    public static void Configure(IServiceProvider services, TracerProviderBuilder builder)
    {
        var composition = services.GetRequiredService<Composition>();
        composition.ApplicationOtlp.Building(Signal.Traces);
        if (!composition.Options.Enabled || !composition.Options.Traces.Enabled) return;

        builder.ConfigureResource(composition.Describe);
        Listen(builder, composition);
        Export(builder, composition);
    }

    private static void Listen(TracerProviderBuilder builder, Composition composition)
    {
        var sources = composition.Options.Traces.Sources;
        composition.ExcludeSources();
        builder.AddSource(sources.Count == 0 ? ["*"] : [.. sources]);
    }

    private static void Export(TracerProviderBuilder builder, Composition composition)
    {
        var traces = composition.Options.Traces;
        var otlp = OtlpSettings.For(Signal.Traces, composition.Options.Otlp);
        if (traces.Exporters.Wants(Names.Otlp, byDefault: otlp.IsConfigured))
            Send(builder, composition, Names.Otlp, new OtlpTraceExporter(OtlpClient.Options(otlp)), composition.StandsBy(Signal.Traces));
    }

    private static void Send(TracerProviderBuilder builder, Composition composition, string name, BaseExporter<Activity> exporter, Func<bool> standsBy)
    {
        var batch = composition.Options.Traces.Batch;
        var lane = composition.Health.Open(Signal.Traces, name, batch.MaxQueueSize);
        builder.AddProcessor(new SpanQueue(new CountingExporter<Activity>(exporter, lane, standsBy), batch, lane));
        builder.AddProcessor(new SpanExporterHome(exporter));
    }
}
