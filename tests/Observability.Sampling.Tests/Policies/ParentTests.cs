using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Observability.Sampling.Tests;

public class ParentTests
{
    private static readonly ActivityTraceId Half = Spans.TraceId(0x80000000000000);

    [Theory]
    [InlineData(true, "ot=th:8", SamplingDecision.RecordAndSample, null)]
    [InlineData(true, "ot=th:8,foo=1", SamplingDecision.RecordAndSample, null)]
    [InlineData(true, null, SamplingDecision.RecordAndSample, null)]
    [InlineData(true, "foo=1", SamplingDecision.RecordAndSample, null)]
    [InlineData(false, null, SamplingDecision.Drop, null)]
    [InlineData(false, "ot=th:c,foo=1", SamplingDecision.Drop, "foo=1")]
    [InlineData(true, "ot=th:c,foo=1", SamplingDecision.RecordAndSample, "foo=1")]
    [InlineData(true, "ot=th:zz,foo=1", SamplingDecision.RecordAndSample, "foo=1")]
    [InlineData(false, "ot=th:8", SamplingDecision.Drop, "")]
    [InlineData(false, "ot=th:0,foo=1", SamplingDecision.Drop, "foo=1")]
    public void A_child_inherits_the_threshold_and_erases_what_contradicts_the_flag(bool sampled, string? traceState, SamplingDecision decision, string? written)
    {
        using var sampler = new SamplerFactory().Create(new SamplingOptions { Default = { Ratio = 0 } });
        var result = sampler.ShouldSample(Spans.Child(sampled, traceState, traceId: Half));
        Assert.Equal(decision, result.Decision);
        Assert.Equal(written, result.TraceStateString);
    }

    [Theory]
    [InlineData(true, "ot=th:8", SamplingDecision.RecordAndSample, null)]
    [InlineData(true, "ot=th:c", SamplingDecision.RecordAndSample, "")]
    [InlineData(true, null, SamplingDecision.RecordAndSample, null)]
    [InlineData(false, "ot=th:8", SamplingDecision.Drop, "")]
    [InlineData(false, null, SamplingDecision.Drop, null)]
    public void A_child_follows_the_flag_alone_when_asked_to(bool sampled, string? traceState, SamplingDecision decision, string? written)
    {
        using var sampler = new SamplerFactory().Create(new SamplingOptions { Parent = ParentPolicy.Based, Default = { Ratio = 0 } });
        var result = sampler.ShouldSample(Spans.Child(sampled, traceState, traceId: Half));
        Assert.Equal(decision, result.Decision);
        Assert.Equal(written, result.TraceStateString);
    }

    [Fact]
    public void Parentbased_of_the_standard_variable_drops_what_an_unsampled_parent_calls_kept()
    {
        var options = new SamplingOptions();
        SamplerFactory.ApplyEnvironment(options, "parentbased_always_on", null);
        using var sampler = new SamplerFactory().Create(options);
        foreach (var remote in new[] { true, false })
            Assert.Equal(SamplingDecision.Drop, sampler.ShouldSample(Spans.Child(sampled: false, "ot=th:0", remote: remote)).Decision);
    }

    [Fact]
    public void An_untrusted_remote_parent_decides_nothing_but_a_local_one_does()
    {
        using var sampler = new SamplerFactory().Create(new SamplingOptions { TrustRemote = false, Default = { Ratio = 0 } });
        Assert.Equal(SamplingDecision.Drop, sampler.ShouldSample(Spans.Child(sampled: true)).Decision);
        Assert.Equal(SamplingDecision.RecordAndSample, sampler.ShouldSample(Spans.Child(sampled: true, remote: false)).Decision);
    }

    [Fact]
    public void A_presumed_random_id_is_reported_once()
    {
        using var events = new SamplingEvents();
        using var sampler = new SamplerFactory().Create(new SamplingOptions { Parent = ParentPolicy.Ignore, Default = { Ratio = 0.5 } });
        sampler.ShouldSample(Spans.Child(sampled: true, flags: 2));
        sampler.ShouldSample(Spans.Child(sampled: true, "ot=rv:6e6d1a75832a2f"));
        sampler.ShouldSample(Spans.Root());
        Assert.Empty(events.Ids(3005));
        for (var i = 0; i < 3; i++) sampler.ShouldSample(Spans.Child(sampled: true));
        Assert.Single(events.Ids(3005));
    }

    [Fact]
    public void A_dropped_child_of_this_process_costs_nothing_to_tell()
    {
        using var sampler = new SamplerFactory().Create(new SamplingOptions { Default = { Ratio = 0 } });
        Assert.Null(sampler.ShouldSample(Spans.Child(sampled: false, "ot=th:c", remote: false, traceId: Half)).TraceStateString);
    }

    [Fact]
    public void AlwaysRecord_turns_a_drop_into_a_recording_and_leaves_the_rest()
    {
        var sampler = new AlwaysRecordSampler(new AlwaysOffSampler());
        Assert.Equal(SamplingDecision.RecordOnly, sampler.ShouldSample(Spans.Root()).Decision);
        Assert.Equal(SamplingDecision.RecordAndSample, new AlwaysRecordSampler(new AlwaysOnSampler()).ShouldSample(Spans.Root()).Decision);
        Assert.Equal("AlwaysRecord{AlwaysOffSampler}", sampler.Description);

        using var policies = new SamplerFactory().Create(new SamplingOptions { Default = { Ratio = 0 }, RecordAllForMetrics = true });
        Assert.Equal(SamplingDecision.RecordOnly, policies.ShouldSample(Spans.Root()).Decision);
    }
}
