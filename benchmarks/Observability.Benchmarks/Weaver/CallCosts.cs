using System.Diagnostics;
using System.Globalization;

namespace Observability.Benchmarks.Weaver;

/// <summary>One call of a woven method: unheard, sampled out (below a parent and without one), recorded; beside the unwoven and the peers.</summary>
internal static class CallCosts
{
    private static readonly string[] Shapes = ["Sync", "Small", "Forward", "Task", "ValueTask"];

    public static void Measure(Report report, int rounds)
    {
        // A parent, as every call within a request has: the framework hands its context to whoever samples, and that is paid for too.
        var parent = new Activity("request").Start();
        var calls = Prepared();
        calls.Run(rounds);
        parent.Stop();

        report.Line($"One call, medians of {rounds} rounds in turns; bytes are what a call allocates.");
        report.Line("| method | unwoven | nobody listens | over unwoven | sampled out | over unwoven | recorded |");
        report.Line("|---|---:|---:|---:|---:|---:|---:|");
        foreach (var shape in Shapes)
            report.Line(Text($"| {shape} | {Figure(calls, shape)} | {Figure(calls, shape + ".off")} | {calls.Over(shape + ".off", shape):0.00} ns | {Figure(calls, shape + ".sampled")} | {calls.Over(shape + ".sampled", shape):0.0} ns | {Figure(calls, shape + ".recorded")} |"));
        report.Line(Text($"A span written by hand (StartActivity and Dispose), sampled out below a parent, which is what the framework itself takes: {Figure(calls, "HandSync.sampled")}, {calls.Over("HandSync.sampled", "Sync"):0.0} ns over none."));
        report.Line(Text($"Sampled out with no span current: Sync {calls.Over("Sync.sampled.alone", "Sync"):0.0} ns, Task {calls.Over("Task.sampled.alone", "Task"):0.0} ns over unwoven; by hand {calls.Over("HandSync.sampled.alone", "Sync"):0.0} ns."));
        report.Line();
        report.Line("| nobody listens, over the unwoven | sync | B | async | B |");
        report.Line("|---|---:|---:|---:|---:|");
        report.Line(Text($"| this weaver | {calls.Over("Sync.off", "Sync"):0.00} ns | {calls.BytesOver("Sync.off", "Sync"):0} | {calls.Over("Task.off", "Task"):0.00} ns | {calls.BytesOver("Task.off", "Task"):0} |"));
        report.Line(Text($"| AspectInjector 2.7.3 | {calls.Over("AspectSync", "Sync"):0.00} ns | {calls.BytesOver("AspectSync", "Sync"):0} | {calls.Over("AspectTask", "Task"):0.00} ns | {calls.BytesOver("AspectTask", "Task"):0} |"));
        report.Line(Text($"| MethodDecorator.Fody's pattern, by hand | {calls.Over("DecoratedSync", "Sync"):0.00} ns | {calls.BytesOver("DecoratedSync", "Sync"):0} | | |"));

        report.Goal("off_sync", calls.Over("Sync.off", "Sync"), "ns", "<=", 1);
        report.Goal("off_sync_allocated", calls.BytesOver("Sync.off", "Sync"), "B", "==", 0);
        report.Goal("off_inlined", calls.Over("Small.off", "Small"), "ns", "<=", 1);
        report.Goal("off_inlined_with_region", calls.Over("Forward.off", "Forward"), "ns", "<=", 1);
        report.Goal("off_task", calls.Over("Task.off", "Task"), "ns", "<=", 1.5);
        report.Goal("off_valuetask", calls.Over("ValueTask.off", "ValueTask"), "ns", "<=", 1.5);
        report.Goal("off_task_allocated", calls.BytesOver("Task.off", "Task"), "B", "==", 0);
        report.Goal("sampled_out_over_by_hand", calls.Over("Sync.sampled", "HandSync.sampled"), "ns", "<=", 5);
        report.Goal("sampled_out_sync", calls.Over("Sync.sampled", "Sync"), "ns", "<=", 25);
        report.Goal("sampled_out_task", calls.Over("Task.sampled", "Task"), "ns", "<=", 25);
    }

    private static PairedCalls Prepared()
    {
        var unwoven = WovenTarget.Unwoven();
        var calls = new PairedCalls();
        foreach (var (ending, target) in new[]
        {
            ("", unwoven),
            (".off", WovenTarget.Woven(null)),
            (".sampled", WovenTarget.Woven(ActivitySamplingResult.None)),
            (".recorded", WovenTarget.Woven(ActivitySamplingResult.AllDataAndRecorded)),
        })
            foreach (var shape in Shapes) calls.Add(shape + ending, target[shape]);
        calls.Add("HandSync.sampled", WovenTarget.ByHand()["HandSync"]);
        foreach (var loop in new[] { "Sync.sampled", "Task.sampled", "HandSync.sampled" }) calls.Add(loop + ".alone", WithoutParent(calls[loop]));
        foreach (var peer in new[] { "AspectSync", "AspectTask", "DecoratedSync" }) calls.Add(peer, unwoven[peer]);
        return calls;
    }

    private static Func<int> WithoutParent(Func<int> loop) => () =>
    {
        var parent = Activity.Current;
        Activity.Current = null;
        var result = loop();
        Activity.Current = parent;
        return result;
    };

    private static string Figure(PairedCalls calls, string name) => Text($"{calls.Nanoseconds(name):0.00} ns, {calls.Bytes(name):0} B");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
