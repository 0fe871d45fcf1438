using OpenTelemetry.Trace;

namespace Observability.Sampling.Tests;

public class RateLimitTests
{
    /// <summary>Load in traces per second, phase by phase of five minutes: an hour with idling, bursts and hundredfold changes.</summary>
    private static readonly double[] Hour = [0, 50, 5000, 50, 0, 10_000, 100, 1000, 0, 3000, 90, 8000];

    [Theory]
    [InlineData(100, null)]
    [InlineData(100, 500.0)]
    [InlineData(10, null)]
    [InlineData(500, 50.0)]
    public void A_limit_is_held_within_five_per_cent_over_an_hour_of_bursts_and_idling(double perSecond, double? burst)
    {
        var time = new VirtualTime();
        using var sampler = Make(time, options => (options.Limit.MaxPerSecond, options.Limit.Burst) = (perSecond, burst));
        double possible = 0;
        var sum = new AdjustedSum();
        var arrivals = Run(time, Hour, 300, () => sum.Count(sampler.ShouldSample(Spans.Root(Id()))), load => possible += Math.Min(load, perSecond) * 300);

        Assert.InRange(sum.Kept, possible * 0.95, possible * 1.05);
        sum.AssertStandsFor(arrivals);
    }

    [Fact]
    public void No_minute_of_steady_load_strays_from_the_limit_by_more_than_five_per_cent_once_settled()
    {
        var time = new VirtualTime();
        using var sampler = Make(time, options => options.Limit.MaxPerSecond = 100);
        var kept = 0;
        void Arrive() => kept += sampler.ShouldSample(Spans.Root(Id())).Decision == SamplingDecision.RecordAndSample ? 1 : 0;
        Run(time, [4000], 30, Arrive);
        for (var minute = 0; minute < 10; minute++)
        {
            kept = 0;
            Run(time, [4000], 60, Arrive);
            Assert.InRange(kept, 5700, 6300);
        }
    }

    [Fact]
    public void A_burst_after_idling_is_kept_whole_with_a_count_of_one()
    {
        var time = new VirtualTime();
        using var sampler = Make(time, options => (options.Limit.MaxPerSecond, options.Limit.Burst) = (10, 200));
        time.AdvanceTo(3600);
        for (var i = 0; i < 200; i++) Assert.Equal("ot=th:0", sampler.ShouldSample(Spans.Root(Id())).TraceStateString);
        var after = Enumerable.Range(0, 10_000).Count(_ => sampler.ShouldSample(Spans.Root(Id())).Decision == SamplingDecision.RecordAndSample);
        Assert.InRange(after, 10, 150);
    }

    [Fact]
    public void A_load_that_changes_a_hundredfold_every_ten_seconds_keeps_adjusted_counts_right()
    {
        var time = new VirtualTime();
        using var sampler = Make(time, options => options.Limit.MaxPerSecond = 50);
        var loads = Enumerable.Range(0, 60).Select(i => i % 2 == 0 ? 60.0 : 6000.0).ToArray();
        var sum = new AdjustedSum();
        var arrivals = Run(time, loads, 10, () => sum.Count(sampler.ShouldSample(Spans.Root(Id()))));
        sum.AssertStandsFor(arrivals);
        Assert.InRange(sum.Kept, 50 * 600 * 0.9, 50 * 600 * 1.1);
    }

    [Fact]
    public void Rules_ratios_their_limits_and_the_limit_over_all_keep_adjusted_counts_right_together()
    {
        var time = new VirtualTime();
        using var sampler = Make(time, options =>
        {
            options.Rules.Add(new SamplingRule { Name = "checkout", Path = ["/checkout*"], Ratio = 0.5, MaxPerSecond = 20 });
            options.Rules.Add(new SamplingRule { Name = "orders", Path = ["/orders/*"], Ratio = 0.2 });
            options.Default.Ratio = 0.05;
            options.Limit.MaxPerSecond = 60;
            options.Fairness.MinPerMinute = 5;
        });
        string[] paths = ["/checkout", "/orders/1", "/x", "/x", "/x", "/y"];
        var sums = paths.Distinct().ToDictionary(path => path, _ => (Sum: new AdjustedSum(), Arrivals: new int[1]));
        var next = 0;
        Run(time, [200, 4000, 40, 2000], 120, () =>
        {
            var path = paths[next++ % paths.Length];
            sums[path].Arrivals[0]++;
            sums[path].Sum.Count(sampler.ShouldSample(Spans.Request("GET", path, traceId: Id())));
        });
        foreach (var (sum, arrivals) in sums.Values) sum.AssertStandsFor(arrivals[0]);
        Assert.InRange(sums.Values.Sum(sum => sum.Sum.Kept), 1, 60 * 480 * 1.05);
    }

    [Fact]
    public void A_rule_s_limit_leaves_other_rules_alone()
    {
        var time = new VirtualTime();
        using var sampler = Make(time, options =>
        {
            options.Rules.Add(new SamplingRule { Name = "limited", SpanName = ["limited"], MaxPerSecond = 10 });
            options.Rules.Add(new SamplingRule { Name = "free", SpanName = ["free"] });
        });
        int limited = 0, free = 0;
        Run(time, [1000], 60, () =>
        {
            if (sampler.ShouldSample(Spans.Root(Id(), "limited")).Decision == SamplingDecision.RecordAndSample) limited++;
            if (sampler.ShouldSample(Spans.Root(Id(), "free")).Decision == SamplingDecision.RecordAndSample) free++;
        });
        Assert.InRange(limited, 570, 720);
        Assert.Equal(60_000, free);
    }

    private static readonly Random Ids = new(99);

    private static System.Diagnostics.ActivityTraceId Id()
    {
        lock (Ids) return StatisticsTests.NextId(Ids);
    }

    private static PolicySampler Make(VirtualTime time, Action<SamplingOptions> configure)
    {
        var options = new SamplingOptions();
        configure(options);
        return new SamplerFactory(new SamplingSurroundings { Time = time }).Create(options);
    }

    /// <summary>Poisson arrivals, as independent callers make them.</summary>
    private static int Run(VirtualTime time, double[] loads, double secondsEach, Action arrive, Action<double>? phase = null)
    {
        var random = new Random(12);
        var arrivals = 0;
        var end = time.Seconds;
        foreach (var load in loads)
        {
            phase?.Invoke(load);
            var now = end;
            end += secondsEach;
            while (load > 0)
            {
                now -= Math.Log(1 - random.NextDouble()) / load;
                if (now >= end) break;
                time.AdvanceTo(now);
                arrive();
                arrivals++;
            }
            time.AdvanceTo(end);
        }
        return arrivals;
    }
}
