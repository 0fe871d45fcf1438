using System.Diagnostics;
using Observability.Sampling;

namespace Observability.Benchmarks.Sampling;

/// <summary>
/// Throughput of one rate-limited sampler from one thread and from eight. Eight threads share the machine's cores, so what
/// a thread loses is counted against its share of them: throughput per running thread. Eight threads with a limiter each
/// show what the machine itself takes, and a limit that is hardly reached shows the limiter when it is written most.
/// </summary>
internal sealed class LimiterContention(bool quick)
{
    private const int Threads = 8;

    private readonly TimeSpan _duration = TimeSpan.FromMilliseconds(quick ? 200 : 500);

    public double LossPercent { get; private set; }

    public void Run(Report report)
    {
        var cores = Math.Min(Threads, Environment.ProcessorCount);
        using var shared = new SamplerFactory().Create(DecisionBenchmarks.Limited(perSecond: 100));
        using var roomy = new SamplerFactory().Create(DecisionBenchmarks.Limited(perSecond: 1_000_000));
        var own = Enumerable.Range(0, Threads).Select(_ => new SamplerFactory().Create(DecisionBenchmarks.Limited(perSecond: 100))).ToArray();
        Measure(_ => shared, Threads);
        var figures = new List<(double Alone, double Together, double Apart, double Written)>();
        for (var round = 0; round < 5; round++)
            figures.Add((Measure(_ => shared, 1), Measure(_ => shared, Threads) / cores, Measure(thread => own[thread], Threads) / cores, Measure(_ => roomy, Threads) / cores));
        foreach (var sampler in own) sampler.Dispose();

        var alone = Median(figures.Select(figure => figure.Alone));
        var together = Median(figures.Select(figure => figure.Together));
        LossPercent = 100 * (1 - (together / alone));
        report.Line();
        report.Line($"one limiter, 1 thread:                 {alone / 1e6:0.00} M decisions/s");
        report.Line($"one limiter, {Threads} threads:                {together / 1e6:0.00} M decisions/s for each of {cores} cores, a loss of {LossPercent:0.0} %");
        report.Line($"a limiter for each of {Threads} threads:       {Median(figures.Select(figure => figure.Apart)) / 1e6:0.00} M decisions/s for each of {cores} cores: what the machine takes");
        report.Line($"one limiter of 1 M/s, {Threads} threads:       {Median(figures.Select(figure => figure.Written)) / 1e6:0.00} M decisions/s for each of {cores} cores: written a million times a second");
    }

    private double Measure(Func<int, PolicySampler> samplerOf, int threads)
    {
        using var start = new Barrier(threads + 1);
        var counts = new long[threads];
        var stop = false;
        var workers = Enumerable.Range(0, threads).Select(index => new Thread(() =>
        {
            var sampler = samplerOf(index);
            var requests = Enumerable.Range(0, 64)
                .Select(_ => DecisionBenchmarks.Request(ActivityTraceId.CreateRandom(), "/other/page"))
                .ToArray();
            start.SignalAndWait();
            long count = 0;
            while (!Volatile.Read(ref stop))
            {
                for (var i = 0; i < requests.Length; i++) sampler.ShouldSample(in requests[i]);
                count += requests.Length;
            }
            counts[index] = count;
        })).ToArray();
        foreach (var worker in workers) worker.Start();
        start.SignalAndWait();
        var clock = Stopwatch.StartNew();
        Thread.Sleep(_duration);
        Volatile.Write(ref stop, true);
        var seconds = clock.Elapsed.TotalSeconds;
        foreach (var worker in workers) worker.Join();
        return counts.Sum() / seconds;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);
}
