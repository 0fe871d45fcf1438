using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Observability.Sampling.Tests;

public class ExplicitSamplerTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_application_s_own_sampler_stays_wherever_it_stands_and_a_warning_says_so(bool first)
    {
        using var events = new SamplingEvents();
        using var source = new ActivitySource("explicit-" + Guid.NewGuid());
        var builder = Sdk.CreateTracerProviderBuilder().AddSource(source.Name);
        if (first) builder.SetSampler(new AlwaysOnSampler());
        builder.AddSamplingPolicies(options => options.Default.Ratio = 0);
        if (!first) builder.SetSampler(new AlwaysOnSampler());
        using var provider = builder.Build();
        using (var span = source.StartActivity("one")) Assert.True(span!.Recorded);
        using (var span = source.StartActivity("two")) Assert.True(span!.Recorded);
        Assert.Single(events.Ids(3003));
    }

    [Fact]
    public void Without_one_the_policies_are_in_force_and_nothing_is_said()
    {
        using var events = new SamplingEvents();
        using var source = new ActivitySource("explicit-" + Guid.NewGuid());
        using var provider = Sdk.CreateTracerProviderBuilder().AddSource(source.Name)
            .AddSamplingPolicies(options => options.Rules.Add(new SamplingRule { Name = "probes", SpanName = ["probe*"], Drop = true }))
            .Build();
        using (var probe = source.StartActivity("probe one")) Assert.False(probe!.Recorded);
        using (var work = source.StartActivity("work")) Assert.Equal("ot=th:0", work!.TraceStateString);
        Assert.Empty(events.Ids(3003));
    }

    [Fact]
    public void Kept_spans_say_why_when_asked_to()
    {
        using var source = new ActivitySource("explicit-" + Guid.NewGuid());
        using var provider = Sdk.CreateTracerProviderBuilder().AddSource(source.Name)
            .AddSamplingPolicies(options =>
            {
                options.Annotate = true;
                options.Rules.Add(new SamplingRule { Name = "work", SpanName = ["work"] });
            })
            .Build();
        using var work = source.StartActivity("work");
        Assert.Equal(("work", "rule"), (work!.GetTagItem("sampling.rule"), work.GetTagItem("sampling.reason")));
        using var child = source.StartActivity("child");
        Assert.Equal(("parent", "parent"), (child!.GetTagItem("sampling.rule"), child.GetTagItem("sampling.reason")));
    }

    [Fact]
    public void A_bad_configuration_fails_when_the_provider_is_built() =>
        Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(() =>
            Sdk.CreateTracerProviderBuilder().AddSamplingPolicies(options => options.Default.Ratio = 7).Build());
}
