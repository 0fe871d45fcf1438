namespace Observability.Benchmarks.Pipeline;

/// <summary>What telemetry costs a web application per request, and a span by itself, beside the bare OpenTelemetry SDK.</summary>
internal sealed class PipelineSuite : Suite
{
    public override string Name => "pipeline";

    public override void Run(Report report, bool quick)
    {
        using var sink = AppProcess.StartSink();
        new RequestCost(report, sink, quick).Run();
        new SpanCost(report, sink, quick).Run();
    }
}
