namespace Observability.Benchmarks.Logging;

/// <summary>What a log call costs its caller, what goes through a pipe, and what a reader that stalls does, beside the peers.</summary>
internal sealed class LoggingSuite : Suite
{
    private static readonly string[] s_peers = ["ours", "mel", "serilog", "nlog"];
    private static readonly (string Shape, double Most)[] s_shapes = [("none", 150), ("three", 250), ("exception", 500)];

    public override string Name => "logging";

    public override void Run(Report report, bool quick)
    {
        report.Line("One [LoggerMessage] call with a span current; every peer writes time, level, category, message, attributes, exception, trace and span id.");
        report.Line("Peers: Microsoft's AddJsonConsole (mel), Serilog with its JsonFormatter on the console (serilog), NLog's JsonLayout behind its AsyncTargetWrapper (nlog).");
        report.Line("Each figure is from a process of its own whose output is read through a pipe; the best of the runs, for every peer alike.");
        foreach (var (shape, most) in s_shapes) Caller(report, shape, most, quick ? 1_000 : 2_400, quick ? 2 : 3);
        Through(report, quick ? 200_000 : 400_000, quick ? 1 : 3);
        Stall(report, quick ? 15_000 : 30_000);
    }

    private static void Caller(Report report, string shape, double most, int milliseconds, int runs)
    {
        report.Line();
        var best = s_peers.ToDictionary(peer => peer, peer => Best(runs, () => LogCaller.Run(peer, "caller", shape, milliseconds), run => -run["nanoseconds"]));
        foreach (var (peer, run) in best)
            report.Line($"caller, {shape,-9} {peer,-8} {run["nanoseconds"],9:N0} ns, median {run["median"],9:N0} ns, {run["bytes"],7:N0} B");
        var ours = best["ours"];
        var peers = best.Where(run => run.Key != "ours").Min(run => run.Value["nanoseconds"]);
        report.Goal($"logging.caller.{shape}", ours["nanoseconds"], "ns", "<=", most);
        report.Goal($"logging.caller.{shape}.of_best_peer", ours["nanoseconds"] / peers, "ratio", "<=", 1 / 6.0);
        report.Goal($"logging.caller.{shape}.allocated", ours["bytes"], "B", "==", 0);
    }

    private static void Through(Report report, int count, int runs)
    {
        report.Line();
        var rates = new Dictionary<string, double>();
        foreach (var peer in s_peers)
        {
            var run = Best(runs, () => LogCaller.Run(peer, "through", "three", peer == "ours" ? count * 5 : count, wait: true), run => run.Rate);
            rates[peer] = run.Rate;
            report.Line($"through a pipe, three arguments, waiting when full: {peer,-8} {run.Rate,12:N0} lines/s of {run.Lines:N0}");
        }
        report.Goal("logging.throughput.of_best_peer", rates["ours"] / rates.Where(rate => rate.Key != "ours").Max(rate => rate.Value), "ratio", ">=", 10);
    }

    private static void Stall(Report report, int count)
    {
        report.Line();
        foreach (var peer in s_peers)
        {
            var run = LogCaller.Run(peer, "stall", "three", count, stall: TimeSpan.FromSeconds(2));
            var lost = count + LogCallerSuite.StallWarmUp - run.Lines;
            report.Line($"reader stalls 2 s at 10,000/s: {peer,-8} p99.9 {run["p999"],12:N1} us, max {run["max"],12:N1} us, lost {lost:N0}, said in the stream {run.Dropped:N0}");
            if (peer != "ours") continue;
            report.Goal("logging.stall.p999", run["p999"], "us", "<=", 100);
            report.Goal("logging.stall.lost_uncounted", lost - run.Dropped, "lines", "==", 0);
        }
    }

    private static LogCaller Best(int runs, Func<LogCaller> run, Func<LogCaller, double> worth) => Enumerable.Range(0, runs).Select(_ => run()).MaxBy(worth)!;
}
