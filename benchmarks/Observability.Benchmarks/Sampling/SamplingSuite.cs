namespace Observability.Benchmarks.Sampling;

/// <summary>What a sampling decision costs: by rules, by limits, from many threads, beside the SDK's own sampler.</summary>
internal sealed class SamplingSuite : Suite
{
    public override string Name => "sampling";

    public override void Run(Report report, bool quick)
    {
        var figures = MicroBenchmarks.Run<DecisionBenchmarks>(report, quick);
        var sdk = figures[nameof(DecisionBenchmarks.Sdk_ratio_dropped)].Nanoseconds;
        var dropped = figures[nameof(DecisionBenchmarks.Twenty_rules_dropped)];
        var keptRoot = figures[nameof(DecisionBenchmarks.Twenty_rules_kept_root)];
        var keptChild = figures[nameof(DecisionBenchmarks.Twenty_rules_kept_child)];
        report.Line();
        report.Line($"twenty rules, dropped: {dropped.Nanoseconds / sdk:0.00} x ParentBased(TraceIdRatio)");
        report.Line($"no rule, dropped: {figures[nameof(DecisionBenchmarks.No_rule_dropped)].Nanoseconds / sdk:0.00} x ParentBased(TraceIdRatio)");

        var contention = new LimiterContention(quick);
        contention.Run(report);

        report.Goal("twenty_rules_dropped", dropped.Nanoseconds, "ns", "<=", 150);
        report.Goal("twenty_rules_dropped_allocated", dropped.Bytes, "B", "==", 0);
        report.Goal("twenty_rules_kept_untouched", keptChild.Nanoseconds, "ns", "<=", 200);
        report.Goal("twenty_rules_kept_untouched_allocated", keptChild.Bytes, "B", "==", 0);
        report.Goal("twenty_rules_kept_root", keptRoot.Nanoseconds, "ns", "<=", 200);
        report.Goal("eight_threads_per_core_loss", contention.LossPercent, "%", "<=", 20);
    }
}
