using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Observability.Sampling.Tests;

/// <summary>What every sampler of the package owes the SDK, whatever its policy.</summary>
public abstract class SamplerContract
{
    /// <summary>A new sampler of the kind under test.</summary>
    protected abstract Sampler Make();

    [Fact]
    public void It_gives_the_same_trace_the_same_answer()
    {
        var sampler = Make();
        var random = new Random(1);
        for (var i = 0; i < 1000; i++)
        {
            var root = Spans.Root(StatisticsTests.NextId(random));
            Assert.Equal(sampler.ShouldSample(root).Decision, sampler.ShouldSample(root).Decision);
        }
    }

    [Fact]
    public void It_does_not_throw_whatever_it_is_given()
    {
        var sampler = Make();
        foreach (var traceState in new[] { null, "", "ot=", "ot=th:", "x", "ot=th:zz;rv:1", new string(',', 5000) })
        {
            foreach (var kind in Enum.GetValues<ActivityKind>())
            {
                sampler.ShouldSample(Spans.Child(sampled: true, traceState, remote: false, kind: kind));
                sampler.ShouldSample(Spans.Child(sampled: false, traceState, remote: true, kind: kind));
            }
        }
        sampler.ShouldSample(new SamplingParameters(default, default, null!, (ActivityKind)99, [new("", null), new("url.path", 7), new("sampling.priority", new object())]));
    }

    [Fact]
    public void It_never_keeps_and_drops_at_once()
    {
        var sampler = Make();
        var random = new Random(2);
        for (var i = 0; i < 1000; i++)
        {
            var result = sampler.ShouldSample(Spans.Child(i % 2 == 0, "ot=th:8", i % 3 == 0, StatisticsTests.NextId(random)));
            if (result.Decision != SamplingDecision.RecordAndSample) Assert.False(OtelTraceState.Read(result.TraceStateString).CarriesThreshold);
        }
    }

    [Fact]
    public void It_survives_an_attribute_collection_that_throws()
    {
        static IEnumerable<KeyValuePair<string, object?>> Throwing()
        {
            yield return new("a", 1);
            throw new InvalidOperationException("the application's fault");
        }
        var sampler = Make();
        sampler.ShouldSample(new SamplingParameters(default, ActivityTraceId.CreateRandom(), "op", ActivityKind.Server, Throwing()));
    }

    [Fact]
    public void A_decision_about_a_root_allocates_nothing()
    {
        var sampler = Make();
        var request = Spans.Request("GET", "/nothing/special", traceId: Spans.TraceId(1, leading: long.MaxValue));
        for (var i = 0; i < 200; i++) sampler.ShouldSample(request);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) sampler.ShouldSample(request);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
