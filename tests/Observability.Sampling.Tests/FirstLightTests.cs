using OpenTelemetry;
using OpenTelemetry.Trace;
using System.Diagnostics;

namespace Observability.Sampling.Tests;

public class FirstLightTests
{
    [Fact]
    public void A_quarter_is_written_as_the_threshold_c()
    {
        using var sampler = new SamplerFactory().Create(new SamplingOptions { Default = { Ratio = 0.25 } });
        Assert.Equal("ot=th:c", sampler.ShouldSample(Spans.Root(Spans.TraceId(0xc0000000000000))).TraceStateString);
        Assert.Equal(SamplingDecision.Drop, sampler.ShouldSample(Spans.Root(Spans.TraceId(0xbfffffffffffff))).Decision);
    }

    [Fact]
    public void A_bare_provider_samples_by_the_rules()
    {
        using var source = new ActivitySource("first-light");
        using var provider = Sdk.CreateTracerProviderBuilder().AddSource("first-light")
            .AddSamplingPolicies(options => options.Rules.Add(new SamplingRule { Name = "probes", SpanName = ["probe*"], Drop = true }))
            .Build();
        using (var probe = source.StartActivity("probe one")) Assert.False(probe!.Recorded);
        using var work = source.StartActivity("work");
        Assert.True(work!.Recorded);
        Assert.Equal("ot=th:0", work.TraceStateString);
    }
}
