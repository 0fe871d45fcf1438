using OpenTelemetry.Trace;

namespace Observability.Sampling.Tests;

public class PriorityTests
{
    public static TheoryData<object, bool?> Priorities => new()
    {
        { 0, false }, { 1, true }, { 2, true }, { -1, false }, { 0L, false }, { 1L, true }, { 1.0, true }, { 0.5, null },
        { "0", false }, { "1", true }, { "high", null }, { "", null }, { true, true }, { false, false }, { (byte)1, true }, { double.NaN, null },
    };

    [Theory]
    [MemberData(nameof(Priorities))]
    public void Zero_drops_one_and_more_keep_and_the_rest_says_nothing(object priority, bool? kept)
    {
        foreach (var otherwise in new[] { 0.0, 1.0 })
        {
            using var sampler = new SamplerFactory().Create(new SamplingOptions { Default = { Ratio = otherwise } });
            var result = sampler.ShouldSample(Spans.Root(attributes: new KeyValuePair<string, object?>("sampling.priority", priority)));
            Assert.Equal(kept ?? otherwise == 1, result.Decision == SamplingDecision.RecordAndSample);
        }
    }

    [Fact]
    public void A_priority_decides_before_rules_and_parent()
    {
        var options = new SamplingOptions();
        options.Rules.Add(new SamplingRule { Name = "none", Drop = true, Parent = RuleParent.Any });
        using var sampler = new SamplerFactory().Create(options);
        Assert.Equal(SamplingDecision.RecordAndSample,
            sampler.ShouldSample(Spans.Child(sampled: false, attributes: new KeyValuePair<string, object?>("sampling.priority", 1))).Decision);
    }

    [Fact]
    public void A_priority_is_ignored_when_asked_to()
    {
        using var sampler = new SamplerFactory().Create(new SamplingOptions { HonorPriority = false });
        Assert.Equal(SamplingDecision.RecordAndSample,
            sampler.ShouldSample(Spans.Root(attributes: new KeyValuePair<string, object?>("sampling.priority", 0))).Decision);
    }
}
