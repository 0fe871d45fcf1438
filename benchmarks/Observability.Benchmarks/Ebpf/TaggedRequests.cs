using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;

namespace Observability.Benchmarks.Ebpf;

/// <summary>The same service with and without AddEbpfCorrelation(), in turns: CPU time and bytes of a whole request, which is a client span and a server span over loopback.</summary>
[SupportedOSPlatform("linux")]
internal sealed class TaggedRequests(Report report, KernelBench? bench, bool quick)
{
    private readonly int _requests = 2_000;
    private readonly int _rounds = quick ? 16 : 60;

    public void Run()
    {
        var agent = bench?.StartAgent();
        using var plain = Start("plain");
        using var tagged = Start("tagged");
        try
        {
            for (var step = 0; step < 12; step++) _ = (Ask(plain), Ask(tagged));
            var rounds = new List<((double Time, double Bytes) Plain, (double Time, double Bytes) Tagged)>();
            for (var round = 0; round < _rounds; round++)
            {
                // Who goes first alternates: what the machine does beside it falls on both alike.
                if (round % 2 == 0) rounds.Add((Ask(plain), Ask(tagged)));
                else
                {
                    var second = Ask(tagged);
                    rounds.Add((Ask(plain), second));
                }
            }
            Tell(rounds);
        }
        finally
        {
            plain.Kill();
            tagged.Kill();
            if (agent is not null) KernelBench.Stop(agent);
        }
    }

    private void Tell(List<((double Time, double Bytes) Plain, (double Time, double Bytes) Tagged)> rounds)
    {
        var differences = rounds.Select(round => round.Tagged.Time - round.Plain.Time).Order().ToList();
        var (low, high) = MedianInterval(differences);
        var (plain, tagged) = (Median(rounds.Select(round => round.Plain.Time)), Median(rounds.Select(round => round.Tagged.Time)));
        report.Line();
        report.Line(string.Create(CultureInfo.InvariantCulture, $"Whole requests (client and server in one process, {(bench is null ? "no agent" : "published to an agent's maps")}): {_rounds} pairs of {_requests}, medians"));
        report.Line(string.Create(CultureInfo.InvariantCulture, $"untagged {plain:0.00} us CPU, {Median(rounds.Select(round => round.Plain.Bytes)):0} B; tagged {tagged:0.00} us CPU, {Median(rounds.Select(round => round.Tagged.Bytes)):0} B"));
        report.Line(string.Create(CultureInfo.InvariantCulture, $"difference {Median(differences):+0.00;-0.00} us, 95 % interval of the median {low:+0.00;-0.00} to {high:+0.00;-0.00} us; the untagged rounds themselves vary by {Spread(rounds.Select(round => round.Plain.Time)):0.00} us (interquartile)"));
        report.Goal("request-cpu-difference-over-interquartile-noise", Math.Max(0, Median(differences)) / Spread(rounds.Select(round => round.Plain.Time)), "x", "<=", 1);
    }

    /// <summary>Order statistics: no assumption about how the differences are distributed.</summary>
    private static (double Low, double High) MedianInterval(List<double> sorted)
    {
        var reach = 1.96 * Math.Sqrt(sorted.Count) / 2;
        return (sorted[Math.Max(0, (int)Math.Floor((sorted.Count / 2.0) - reach))], sorted[Math.Min(sorted.Count - 1, (int)Math.Ceiling((sorted.Count / 2.0) + reach))]);
    }

    private static double Median(IEnumerable<double> values) => Quantile(values, 0.5);

    private static double Spread(IEnumerable<double> values) => Quantile(values, 0.75) - Quantile(values, 0.25);

    private static double Quantile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted[(int)((sorted.Count - 1) * share)];
    }

    private Process Start(string variant)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Report.Root(), "benchmarks", "EbpfApp", "bin", "Release", "net10.0", "EbpfApp.dll"), variant]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("OTEL_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        (start.Environment["Observability__Prometheus__Enabled"], start.Environment["Observability__Logs__Enabled"]) = ("false", "false");
        // A pool's thread that waits would spin: idling, counted as work.
        start.Environment["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0";
        start.Environment["DOTNET_TC_CallCountingDelayMs"] = "0";
        if (bench is not null) start.Environment["Observability__Ebpf__Maps"] = Path.Combine(bench.Folder, "v1", "host");
        return Process.Start(start)!;
    }

    private (double Time, double Bytes) Ask(Process service)
    {
        service.StandardInput.WriteLine(_requests);
        service.StandardInput.Flush();
        var answer = (service.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The service ended.")).Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture) / _requests).ToArray();
        return (answer[0], answer[1]);
    }
}
