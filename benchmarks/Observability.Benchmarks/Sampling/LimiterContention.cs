using System.Diagnostics;
using Observability.Sampling;

namespace Observability.Benchmarks.Sampling;

/// <summary>
/// Throughput of one rate-limited sampler from one thread and from eight. Eight threads share the machine's cores, so what
/// a thread loses is counted against its share of them: throughput per running thread.
/// </summary>
internal sealed class LimiterContention(bool quick)
{
    private const int Threads = 8;

    private readonly TimeSpan _duration = TimeSpan.FromMilliseconds(quick ? 300 : 1000);

    public double LossPercent { get; private set; }

    public void Run(Report report)
    {
        using var sampler = new SamplerFactory().Create(DecisionBenchmarks.Limited());
        Measure(sampler, Threads);
        var alone = new List<double>();
        var together = new List<double>();
        for (var round = 0; round < 5; round++)
        {
            alone.Add(Measure(sampler, 1));
            together.Add(Measure(sampler, Threads) / Math.Min(Threads, Environment.ProcessorCount));
        }
        var (single, shared) = (Median(alone), Median(together));
        LossPercent = 100 * (1 - (shared / single));
        report.Line();
        report.Line($"one limiter, 1 thread:  {single / 1e6:0.00} M decisions/s");
        report.Line($"one limiter, {Threads} threads: {shared / 1e6:0.00} M decisions/s for each of {Math.Min(Threads, Environment.ProcessorCount)} cores, a loss of {LossPercent:0.0} %");
    }

    private double Measure(PolicySampler sampler, int threads)
    {
        using var start = new Barrier(threads + 1);
        var counts = new long[threads];
        var stop = false;
        var workers = Enumerable.Range(0, threads).Select(index => new Thread(() =>
        {
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

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
