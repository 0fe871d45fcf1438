using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Trace;

namespace Observability.Benchmarks.Pipeline;

/// <summary>
/// Listeners are global, so each case builds its pipeline and disposes of it. An iteration is a burst that fits into the queue and is
/// exported after it: a tight loop would mostly measure a full queue, and an export meanwhile would take the caller's processor.
/// </summary>
public class SpanBenchmarks
{
    private const int Burst = 8192;
    private static readonly TimeSpan Never = TimeSpan.FromMinutes(10);
    private static readonly ActivitySource Source = new("Observability.Benchmarks.Pipeline");
    private TracerProvider? _tracers;
    private ObservabilitySdk? _sdk;

    internal static int SinkPort { get; set; }

    [Params(true, false)]
    public bool Kept { get; set; }

    [Params(true, false)]
    public bool Ours { get; set; }

    [GlobalSetup]
    public void Build()
    {
        if (Ours) BuildOurs();
        else BuildBare();
    }

    [GlobalCleanup]
    public void TearDown()
    {
        _tracers!.Dispose();
        _sdk?.Dispose();
    }

    [IterationCleanup]
    public void Export() => _tracers!.ForceFlush();

    [Benchmark(OperationsPerInvoke = Burst)]
    public void NoTags()
    {
        for (var i = 0; i < Burst; i++) Source.StartActivity("span")?.Stop();
    }

    [Benchmark(OperationsPerInvoke = Burst)]
    public void FiveTags()
    {
        for (var i = 0; i < Burst; i++)
        {
            using var span = Source.StartActivity("span");
            if (span is not { IsAllDataRequested: true }) continue;
            span.SetTag("one", "1").SetTag("two", "2").SetTag("three", "3").SetTag("four", "4").SetTag("five", "5");
        }
    }

    private void BuildOurs()
    {
        _sdk = ObservabilitySdk.Start(
            options =>
            {
                options.Otlp.Endpoint = Endpoint;
                options.Otlp.Protocol = "http/protobuf";
                options.Traces.Batch.MaxQueueSize = options.Traces.Batch.MaxExportBatchSize = 2 * Burst;
                options.Traces.Batch.ScheduledDelay = Never;
                options.Metrics.Enabled = false;
                options.Logs.Enabled = false;
            },
            builder =>
            {
                if (!Kept) builder.WithTracing(tracing => tracing.SetSampler(new ParentBasedSampler(new AlwaysOffSampler())));
            });
        _tracers = (TracerProvider)_sdk.Services.GetService(typeof(TracerProvider))!;
    }

    private void BuildBare()
    {
        var builder = Sdk.CreateTracerProviderBuilder().AddSource(Source.Name).AddOtlpExporter(options =>
        {
            options.Endpoint = new Uri(Endpoint + "/v1/traces");
            options.Protocol = OtlpExportProtocol.HttpProtobuf;
            options.BatchExportProcessorOptions.MaxQueueSize = options.BatchExportProcessorOptions.MaxExportBatchSize = 2 * Burst;
            options.BatchExportProcessorOptions.ScheduledDelayMilliseconds = (int)Never.TotalMilliseconds;
        });
        if (!Kept) builder.SetSampler(new ParentBasedSampler(new AlwaysOffSampler()));
        _tracers = builder.Build();
    }

    private static string Endpoint => $"http://127.0.0.1:{SinkPort}/spans";
}
