namespace Observability.Benchmarks.Ebpf;

/// <summary>What correlation with the kernel costs: a request, the agent, and the kernel itself.</summary>
internal sealed class EbpfSuite : Suite
{
    public override string Name => "ebpf";

    public override void Run(Report report, bool quick)
    {
        if (!OperatingSystem.IsLinux())
        {
            report.Line("Linux only: nothing was measured.");
            return;
        }
        var figures = MicroBenchmarks.Run<TaggingBenchmarks>(report, quick);
        var publish = figures[nameof(TaggingBenchmarks.Publish)];
        report.Goal("publish", publish.Nanoseconds, "ns", "<=", 50);
        report.Goal("publish-allocated", figures[nameof(TaggingBenchmarks.Publish_and_end)].Bytes, "B", "==", 0);
        report.Goal("cookie-cached", figures[nameof(TaggingBenchmarks.Cookie_cached)].Nanoseconds, "ns", "<=", 10);
        using var bench = KernelBench.Find(report);
        new TaggedRequests(report, bench, quick).Run();
        if (bench is null) return;
        new AgentAtRest(report, bench, quick).Run();
        new AgentAtWork(report, bench, quick).Run();
    }
}
