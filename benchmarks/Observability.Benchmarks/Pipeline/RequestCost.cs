using System.Globalization;

namespace Observability.Benchmarks.Pipeline;

/// <summary>
/// CPU time and allocated bytes of the server's own process per request, all variants in turns: every round gives each the same number
/// of requests, and starts with another one.
/// </summary>
internal sealed class RequestCost(Report report, AppProcess sink, bool quick)
{
    private const int Connections = 16;
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(60);

    private static readonly Variant[] Compared =
    [
        new("bare", "bare", 1),
        new("ours-100", "ours", 1),
        new("hand-100", "hand", 1),
        new("ours-10", "ours", 0.1),
        new("hand-10", "hand", 0.1),
    ];

    private static readonly Variant WithPrometheus = new("ours-100-prometheus", "ours", 1, Prometheus: true);

    // Short turns: whatever else the machine does then falls on neighbouring variants alike.
    private readonly int _requests = 2_000;
    private readonly int _rounds = quick ? 10 : 20;

    // What the compiler makes of a hot path, and where memory lies, is one process's luck: it is drawn again a few times.
    private readonly int _generations = quick ? 1 : 6;
    private readonly Variant[] _variants = quick ? Compared : [.. Compared, WithPrometheus];

    public void Run()
    {
        report.Line(string.Create(CultureInfo.InvariantCulture, $"Per request of a minimal API: {_rounds} rounds of {_requests} requests over {Connections} connections in each of {_generations} processes, medians; overheads are medians of the differences to bare in the same round."));
        var (quiet, logging) = (Nothing(), Nothing());
        for (var generation = 0; generation < _generations; generation++) Generation(quiet, logging);
        Tell("quiet", "an endpoint that logs nothing", quiet);
        Tell("logging", "an endpoint that logs one [LoggerMessage] line", logging);
    }

    private List<Measured>[] Nothing() => [.. _variants.Select(_ => new List<Measured>())];

    private void Generation(List<Measured>[] quiet, List<Measured>[] logging)
    {
        var servers = _variants.Select(variant => AppProcess.StartServer(variant, sink)).ToArray();
        try
        {
            using var client = AppProcess.StartClient();
            WarmUp("quiet", quick ? 5 : 8, servers, client);
            Scenario("quiet", servers, client, quiet);
            WarmUp("logging", quick ? 2 : 4, servers, client);
            Scenario("logging", servers, client, logging);
        }
        finally
        {
            foreach (var server in servers) server.Dispose();
        }
    }

    private void Scenario(string path, AppProcess[] servers, AppProcess client, List<Measured>[] rounds)
    {
        for (var round = 0; round < _rounds; round++)
        {
            for (var turn = 0; turn < _variants.Length; turn++)
            {
                var i = (turn + round) % _variants.Length;
                rounds[i].Add(Turn(_variants[i], servers[i], client, path));
            }
        }
    }

    /// <summary>Hot paths are compiled in steps, the last of them after some 60,000 requests.</summary>
    private static void WarmUp(string path, int steps, AppProcess[] servers, AppProcess client)
    {
        for (var step = 0; step < steps; step++)
            foreach (var server in servers) client.Ask($"{server.Port} /{path}/7 8000 {Connections}");
    }

    private Measured Turn(Variant variant, AppProcess server, AppProcess client, string path)
    {
        var (before, sentBefore) = (Numbers(server.Get("usage")), Numbers(sink.Get(variant.Name)));
        client.Ask($"{server.Port} /{path}/7 {_requests} {Connections}");
        Thread.Sleep(Settling);
        var (after, sentAfter) = (Numbers(server.Get("usage")), Numbers(sink.Get(variant.Name)));
        double Each(double[] later, double[] earlier, int i) => (later[i] - earlier[i]) / _requests;
        return new Measured(Each(after, before, 0), Each(after, before, 1), Each(sentAfter, sentBefore, 0), Each(sentAfter, sentBefore, 1), Each(sentAfter, sentBefore, 2));
    }

    private void Tell(string path, string title, List<Measured>[] rounds)
    {
        report.Line();
        report.Line(title);
        report.Line("variant                  us CPU   bytes | over bare: us    bytes | sent: spans  records  bytes");
        var overheads = new Dictionary<string, Measured>();
        for (var i = 0; i < _variants.Length; i++)
        {
            var cost = Measured.Median(rounds[i]);
            var over = overheads[_variants[i].Name] = Measured.Median(rounds[i].Zip(rounds[0], (own, bare) => own - bare));
            report.Line(string.Create(CultureInfo.InvariantCulture, $"{_variants[i].Name,-22} {cost.Microseconds,8:0.00} {cost.Bytes,7:0} | {over.Microseconds,13:0.00} {over.Bytes,8:0} | {cost.Spans,11:0.00} {cost.Records,8:0.00} {cost.SentBytes,6:0}"));
        }
        foreach (var kept in new[] { "100", "10" })
        {
            var (ours, hand) = (overheads["ours-" + kept], overheads["hand-" + kept]);
            report.Goal($"pipeline-{path}-{kept}-cpu-overhead-over-hand-wired", ours.Microseconds / hand.Microseconds, "x", "<=", 0.9);
            var (low, high) = RatioInterval.Of(Of("ours-" + kept), Of("hand-" + kept), rounds[0], _rounds);
            report.Line(string.Create(CultureInfo.InvariantCulture, $"ours / hand-wired at {kept} %: CPU {ours.Microseconds / hand.Microseconds:0.00} (95 % interval {low:0.00} to {high:0.00}), bytes {ours.Bytes / hand.Bytes:0.00}"));
        }

        List<Measured> Of(string name) => rounds[Array.FindIndex(_variants, variant => variant.Name == name)];
    }

    private static double[] Numbers(string text) => [.. text.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
}
