namespace Observability.Sampling.Tests;

public class MetricsTests
{
    [Fact]
    public void Decisions_are_counted_by_rule_and_outcome()
    {
        var rule = "metrics-" + Guid.NewGuid().ToString("n")[..8];
        using var sampler = new SamplerFactory().Create(new SamplingOptions
        {
            Rules = [new SamplingRule { Name = rule, SpanName = ["half"], Ratio = 0.5 }, new SamplingRule { Name = rule + "-drop", Drop = true }],
        });
        for (var i = 0; i < 10; i++) sampler.ShouldSample(Spans.Root(Spans.TraceId(i < 3 ? ulong.MaxValue : 0), "half"));
        sampler.ShouldSample(Spans.Root());
        using var metrics = new MetricReading();
        const string decisions = "observability.sampling.decisions";
        Assert.Equal(3, metrics.Sum(decisions, ("sampling.rule", rule), ("outcome", "kept")));
        Assert.Equal(7, metrics.Sum(decisions, ("sampling.rule", rule), ("outcome", "dropped")));
        Assert.Equal(1, metrics.Sum(decisions, ("sampling.rule", rule + "-drop"), ("outcome", "dropped")));
    }

    [Fact]
    public void Recorded_spans_are_counted_as_recorded()
    {
        var rule = "metrics-" + Guid.NewGuid().ToString("n")[..8];
        using var sampler = new SamplerFactory().Create(new SamplingOptions { RecordAllForMetrics = true, Rules = [new SamplingRule { Name = rule, Drop = true }] });
        sampler.ShouldSample(Spans.Root());
        using var metrics = new MetricReading();
        Assert.Equal(1, metrics.Sum("observability.sampling.decisions", ("sampling.rule", rule), ("outcome", "recorded")));
    }

    [Fact]
    public void The_effective_rate_of_a_rule_is_a_gauge_that_falls_under_load()
    {
        var rule = "metrics-" + Guid.NewGuid().ToString("n")[..8];
        using var sampler = new SamplerFactory(new SamplingSurroundings { Time = new VirtualTime() }).Create(new SamplingOptions
        {
            Rules = [new SamplingRule { Name = rule, Ratio = 0.5, MaxPerSecond = 10, Burst = 10 }, new SamplingRule { Name = rule + "-drop", Drop = true }],
        });
        using var metrics = new MetricReading();
        const string ratio = "observability.sampling.effective_ratio";
        Assert.Equal(0.5, metrics.Sum(ratio, ("sampling.rule", rule)));
        Assert.Equal(0, metrics.Sum(ratio, ("sampling.rule", rule + "-drop")));
        for (var i = 0; i < 1000; i++) sampler.ShouldSample(Spans.Root());
        Assert.InRange(metrics.Sum(ratio, ("sampling.rule", rule)), 0.0001, 0.2);
    }

    [Fact]
    public void Names_beyond_a_bound_are_counted_together()
    {
        var counters = new DecisionCounters();
        for (var i = 0; i < 1000; i++) counters.For("rule" + i).Add(DecisionOutcome.Kept);
        Assert.InRange(counters.All.Count(), 2, 401);
        Assert.Equal(1000, counters.All.Sum(counter => counter.Total(DecisionOutcome.Kept)));
    }

    [Fact]
    public async Task No_count_is_lost_between_threads()
    {
        var counter = new DecisionCounter("threads");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 100_000; i++) counter.Add(DecisionOutcome.Dropped);
        })));
        Assert.Equal(800_000, counter.Total(DecisionOutcome.Dropped));
    }
}
