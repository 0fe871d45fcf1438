using System.Diagnostics;

namespace Observability.Sampling.Tests;

public class ExplainTests
{
    private static readonly SamplingOptions Options = new()
    {
        Rules =
        [
            new SamplingRule { Name = "probes", Kind = ActivityKind.Server, Path = ["/health*", "/metrics"], Drop = true },
            new SamplingRule { Name = "pay", Method = ["POST"], Path = ["/checkout/*"], Ratio = 0.5 },
            new SamplingRule { Name = "gold", Attributes = { ["tenant"] = "gold*" }, Host = ["*.example"] },
        ],
        Default = { Ratio = 0.0625 },
    };

    [Fact]
    public void It_tells_the_rule_that_a_request_would_hit_and_why_not_the_others()
    {
        using var sampler = new SamplerFactory().Create(Options);
        var explanation = sampler.Explain(new SamplingRequest { Method = "POST", Path = "/checkout/7", Host = "shop.example" });
        Assert.Equal("pay", explanation.Rule);
        Assert.Equal("rule", explanation.Reason);
        Assert.Equal(0.5, explanation.Probability);
        Assert.Null(explanation.Kept);
        Assert.Equal([new RuleExplanation("probes", "Path"), new RuleExplanation("pay", null), new RuleExplanation("gold", "Attributes")], explanation.Rules);
        Assert.Equal("probability 0.5 by pay (rule)", explanation.ToString());
    }

    [Fact]
    public void It_tells_what_becomes_of_one_trace()
    {
        using var sampler = new SamplerFactory().Create(Options);
        Assert.True(sampler.Explain(new SamplingRequest { Path = "/", TraceId = Spans.TraceId(ulong.MaxValue) }).Kept);
        Assert.False(sampler.Explain(new SamplingRequest { Path = "/", TraceId = Spans.TraceId(0) }).Kept);
        Assert.False(sampler.Explain(new SamplingRequest { Path = "/health" }).Kept);
        Assert.Equal("default", sampler.Explain(new SamplingRequest { Path = "/" }).Rule);
    }

    [Fact]
    public void It_tells_of_parents_priorities_and_kinds()
    {
        using var sampler = new SamplerFactory().Create(Options);
        var parent = new ActivityContext(Spans.TraceId(ulong.MaxValue), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, "ot=th:8", isRemote: true);
        var child = sampler.Explain(new SamplingRequest { Path = "/health", Parent = parent });
        Assert.Equal(("parent", 0.5, true), (child.Rule, child.Probability, child.Kept));
        Assert.Equal("Parent", child.Rules[0].FailedCondition);
        Assert.Equal("Kind", sampler.Explain(new SamplingRequest { Kind = ActivityKind.Client, Path = "/health" }).Rules[0].FailedCondition);
        Assert.Equal("priority", sampler.Explain(new SamplingRequest { Attributes = new Dictionary<string, object?> { ["sampling.priority"] = 0 } }).Rule);
    }

    [Fact]
    public void It_grants_charges_and_counts_nothing()
    {
        var time = new VirtualTime();
        using var sampler = new SamplerFactory(new SamplingSurroundings { Time = time }).Create(new SamplingOptions
        {
            Rules = [new SamplingRule { Name = "explained-" + Guid.NewGuid().ToString("n")[..8], SpanName = ["limited"], MaxPerSecond = 1 }],
            Default = { Ratio = 0.001 },
            Fairness = { MinPerMinute = 1 },
        });
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(1, sampler.Explain(new SamplingRequest { SpanName = "limited" }).Probability);
            Assert.Equal("rare", sampler.Explain(new SamplingRequest { SpanName = "other" }).Reason);
        }
        using var metrics = new MetricReading();
        Assert.Equal(0, metrics.Sum("observability.sampling.decisions", ("sampling.rule", sampler.Policies.Rules[0].Source.Rule)));
    }

    [Fact]
    public void A_legacy_ratio_is_told_as_a_probability()
    {
        using var sampler = new SamplerFactory().Create(new SamplingOptions { Default = { Ratio = 0.25, Algorithm = SamplingAlgorithm.Legacy } });
        var explanation = sampler.Explain(new SamplingRequest());
        Assert.Equal((0.25, null), (explanation.Probability, explanation.Kept));
    }
}
