namespace Observability.Benchmarks.Weaver;

/// <summary>What a woven method costs while nobody listens and while somebody does, and what weaving costs, beside other weavers.</summary>
internal sealed class WeaverSuite : Suite
{
    public override string Name => "weaver";

    public override void Run(Report report, bool quick)
    {
        var (cold, warm) = ThousandMethods.Weave();
        CallCosts.Measure(report, quick ? 100 : 400);
        report.Line();
        WeavingStart.Measure(report, quick ? 5 : 15);
        report.Line();
        var built = MSBuildCost.Measure(quick ? 3 : 5);
        report.Line($"1,000 methods: {built:0} ms of the weaver's targets in a build; the engine alone {cold:0} ms the first time in a process, {warm:0} ms after that");
        report.Goal("msbuild_1000_methods", built, "ms", "<=", 300);
    }
}
