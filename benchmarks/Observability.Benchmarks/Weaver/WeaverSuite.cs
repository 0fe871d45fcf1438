namespace Observability.Benchmarks.Weaver;

/// <summary>What a woven method costs while nobody listens and while somebody does, and what weaving costs, beside other weavers.</summary>
internal sealed class WeaverSuite : Suite
{
    public override string Name => "weaver";

    public override void Run(Report report, bool quick)
    {
        var (cold, warm) = ThousandMethods.Weave();
        var figures = MicroBenchmarks.Run<WovenCallBenchmarks>(report, quick);
        double Over(string woven, string unwoven) => figures[woven].Nanoseconds - figures[unwoven].Nanoseconds;
        double Bytes(string woven, string unwoven) => figures[woven].Bytes - figures[unwoven].Bytes;

        report.Line();
        report.Line($"weaving 1,000 methods: {cold:0} ms the first time in a process, {warm:0} ms after that");
        report.Line($"recorded: {figures[nameof(WovenCallBenchmarks.Sync_recorded)].Nanoseconds:0} ns, {figures[nameof(WovenCallBenchmarks.Sync_recorded)].Bytes:0} B");
        var off = Over(nameof(WovenCallBenchmarks.Sync_off), nameof(WovenCallBenchmarks.Sync_unwoven));
        report.Line("| nobody listens, over the unwoven | sync | B | async | B |");
        report.Line("|---|---:|---:|---:|---:|");
        Row(report, "this weaver", off, Bytes("Sync_off", "Sync_unwoven"), Over("Task_off", "Task_unwoven"), Bytes("Task_off", "Task_unwoven"));
        Row(report, "AspectInjector 2.7.3", Over("Sync_AspectInjector_off", "Sync_unwoven"), Bytes("Sync_AspectInjector_off", "Sync_unwoven"), Over("Task_AspectInjector_off", "Task_unwoven"), Bytes("Task_AspectInjector_off", "Task_unwoven"));
        Row(report, "MethodDecorator.Fody's pattern, by hand", Over("Sync_MethodDecorator_style_off", "Sync_unwoven"), Bytes("Sync_MethodDecorator_style_off", "Sync_unwoven"), double.NaN, double.NaN);

        report.Goal("off_sync", off, "ns", "<=", 1);
        report.Goal("off_sync_allocated", Bytes("Sync_off", "Sync_unwoven"), "B", "==", 0);
        report.Goal("off_inlinable", Over("Small_off", "Small_unwoven"), "ns", "<=", 1);
        report.Goal("off_task", Over("Task_off", "Task_unwoven"), "ns", "<=", 1.5);
        report.Goal("off_valuetask", Over("ValueTask_off", "ValueTask_unwoven"), "ns", "<=", 1.5);
        report.Goal("sampled_out_sync", Over("Sync_sampled_out", "Sync_unwoven"), "ns", "<=", 25);
        report.Goal("sampled_out_task", Over("Task_sampled_out", "Task_unwoven"), "ns", "<=", 25);
        report.Goal("weave_1000_methods_first_time", cold, "ms", "<=", 300);
    }

    private static void Row(Report report, string name, double sync, double syncBytes, double task, double taskBytes) =>
        report.Line(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"| {name} | {sync:0.00} ns | {syncBytes:0} | {task:0.00} ns | {taskBytes:0} |"));
}
