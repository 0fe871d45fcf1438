using System.Globalization;

namespace Observability.Benchmarks.Pipeline;

/// <summary>Start and stop of one span, kept (queued and exported) and dropped by the sampler, with 0 and 5 tags.</summary>
internal sealed class SpanCost(Report report, AppProcess sink, bool quick)
{
    public void Run()
    {
        SpanBenchmarks.SinkPort = sink.Port;
        report.Line();
        var figures = MicroBenchmarks.Run<SpanBenchmarks>(report, quick);
        foreach (var method in new[] { nameof(SpanBenchmarks.NoTags), nameof(SpanBenchmarks.FiveTags) })
        {
            foreach (var kept in new[] { "True", "False" })
            {
                var ours = figures[method, $"[Kept={kept}, Ours=True]"];
                var bare = figures[method, $"[Kept={kept}, Ours=False]"];
                report.Line(string.Create(CultureInfo.InvariantCulture, $"span, {method}, {(kept == "True" ? "kept" : "dropped")}: ours {ours.Nanoseconds:0} ns {ours.Bytes:0} B, bare SDK {bare.Nanoseconds:0} ns {bare.Bytes:0} B"));
            }
        }
    }
}
