namespace Observability.Benchmarks.Logging;

/// <summary>What a log call costs its caller, what goes through a pipe, and what a reader that stalls does, beside the peers.</summary>
internal sealed class LoggingSuite : Suite
{
    private static readonly string[] s_peers = ["ours", "mel", "serilog", "nlog"];
    private static readonly (string Shape, double Most)[] s_shapes = [("none", 150), ("three", 250), ("exception", 500)];

    public override string Name => "logging";

    public override void Run(Report report, bool quick)
    {
        report.Line("A message with a span current, by LoggerMessage.Define (NLog by its own API); each figure from a process of its own, its output read through a pipe.");
        foreach (var (shape, most) in s_shapes) Caller(report, shape, most, quick ? 32 : 80);
        Through(report, quick ? 100_000 : 400_000);
        Stall(report, quick ? 20_000 : 30_000);
    }

    private static void Caller(Report report, string shape, double most, int rounds)
    {
        var runs = s_peers.ToDictionary(peer => peer, peer => Enumerable.Range(0, 2).Select(_ => LogCaller.Run(peer, "caller", shape, rounds)).MinBy(run => run["nanoseconds"])!);
        foreach (var (peer, run) in runs) report.Line($"caller {shape,-10} {peer,-8} {run["nanoseconds"],9:N0} ns {run["bytes"],7:N0} B");
        var ours = runs["ours"];
        var best = runs.Where(run => run.Key != "ours").Min(run => run.Value["nanoseconds"]);
        report.Goal($"logging.caller.{shape}", ours["nanoseconds"], "ns", "<=", most);
        report.Goal($"logging.caller.{shape}.of_best_peer", ours["nanoseconds"] / best, "ratio", "<=", Math.Round(1 / 6.0, 4));
        report.Goal($"logging.caller.{shape}.allocated", ours["bytes"], "B", "==", 0);
    }

    private static void Through(Report report, int count)
    {
        var rates = new Dictionary<string, double>();
        foreach (var peer in s_peers)
        {
            var run = LogCaller.Run(peer, "through", "three", peer == "ours" ? count * 5 : count, wait: true);
            rates[peer] = run.Lines / run.Flow.TotalSeconds;
            report.Line($"through a pipe, three arguments {peer,-8} {rates[peer],12:N0} lines/s of {run.Lines:N0}");
        }
        report.Goal("logging.throughput.of_best_peer", rates["ours"] / rates.Where(rate => rate.Key != "ours").Max(rate => rate.Value), "ratio", ">=", 10);
    }

    private static void Stall(Report report, int count)
    {
        var stall = TimeSpan.FromSeconds(2);
        foreach (var peer in s_peers.Where(peer => peer is "ours" or "mel" or "nlog"))
        {
            var run = LogCaller.Run(peer, "stall", "three", count, stall: stall);
            var lost = count + 2_000 - run.Lines;
            report.Line($"reader stalls 2 s at 10,000/s {peer,-8} p99.9 {run["p999"],12:N1} us, max {run["max"],12:N1} us, lost {lost:N0}, said in the stream {run.Dropped:N0}");
            if (peer != "ours") continue;
            report.Goal("logging.stall.p999", run["p999"], "us", "<=", 100);
            report.Goal("logging.stall.lost_uncounted", lost - run.Dropped, "lines", "==", 0);
        }
    }
}
