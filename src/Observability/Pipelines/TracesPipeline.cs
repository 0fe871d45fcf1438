using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Observability.Configuration;
using Observability.Diagnostics;
using Observability.Enrichment;
using Observability.Export;
using Observability.Export.Console;
using Observability.Export.Zipkin;
using Observability.Sources.Database;
using Observability.Sources.HttpClientPeer;
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
        builder.SetSampler(composition.Sampler());
        var traces = composition.Options.Traces;
        builder.AddInstrumentation(() => new DatabaseSource(traces.KeepSqlLiterals, failure => CoreEventSource.Log.Contained("a database span", failure.GetType().FullName ?? "")));
        builder.AddProcessor(new HttpClientPeerProcessor(new HttpClientPeers()));
        builder.AddLast(new SpanFinish(traces, composition.Options.Limits, composition.Health.LimitsApplied));
        Export(builder, composition);
        builder.AddProcessor(new EarlyFinish(new SpanFinish(traces, composition.Options.Limits, composition.Health.AttributeLimitsApplied), FollowingProcessors.Of(builder)));
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
            Send(builder, composition, Names.Otlp, lane => new OtlpTraceExporter(OtlpClient.Options(otlp, lane)), composition.StandsBy(Signal.Traces));
        var zipkin = composition.Options.Zipkin;
        if (traces.Exporters.Wants(Names.Zipkin))
            Send(builder, composition, Names.Zipkin, lane => new ZipkinExporter(new Uri(zipkin.Endpoint), zipkin.Timeout, lane.Explain), Never);
        if (traces.Exporters.Wants(Names.Console))
            Send(builder, composition, Names.Console, _ => new ConsoleSpanExporter(System.Console.Out, ConsoleStyle.Of(!System.Console.IsOutputRedirected, composition.Variable)), Never);
    }

    private static void Send(TracerProviderBuilder builder, Composition composition, string name, Func<ExportLane, BaseExporter<Activity>> create, Func<bool> standsBy)
    {
        var batch = composition.Options.Traces.Batch;
        var lane = composition.Health.Open(Signal.Traces, name, batch.MaxQueueSize);
        var exporter = create(lane);
        builder.AddLast(composition.KeepTail(new SpanQueue(new CountingExporter<Activity>(exporter, lane, standsBy), batch, lane)));
        builder.AddLast(new SpanExporterHome(exporter));
    }

    private static bool Never() => false;
}
