using System.Buffers.Binary;
using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Observability.Sampling.Tests;

/// <summary>What a sampler must be beyond single vectors, on a million ids with fixed seeds.</summary>
public class StatisticsTests
{
    private const int Ids = 1_000_000;

    /// <summary>The chi-square distribution's upper one-in-a-million point for one degree of freedom.</summary>
    private const double OneInAMillion = 23.93;

    [Theory]
    [InlineData(0.5, SamplingAlgorithm.Consistent)]
    [InlineData(0.3333, SamplingAlgorithm.Consistent)]
    [InlineData(0.1, SamplingAlgorithm.Consistent)]
    [InlineData(0.05, SamplingAlgorithm.Consistent)]
    [InlineData(0.01, SamplingAlgorithm.Consistent)]
    [InlineData(0.001, SamplingAlgorithm.Consistent)]
    [InlineData(0.9, SamplingAlgorithm.Consistent)]
    [InlineData(0.5, SamplingAlgorithm.Legacy)]
    [InlineData(0.01, SamplingAlgorithm.Legacy)]
    public void A_ratio_keeps_its_share_by_chi_square(double ratio, SamplingAlgorithm algorithm)
    {
        using var sampler = new SamplerFactory().Create(new SamplingOptions { Default = { Ratio = ratio, Algorithm = algorithm } });
        var random = new Random(20261122);
        var kept = 0;
        for (var i = 0; i < Ids; i++)
        {
            if (sampler.ShouldSample(Spans.Root(NextId(random))).Decision == SamplingDecision.RecordAndSample) kept++;
        }
        var expected = Ids * ratio;
        var chiSquare = ((kept - expected) * (kept - expected) / expected) + ((kept - expected) * (kept - expected) / (Ids - expected));
        Assert.True(chiSquare < OneInAMillion, $"kept {kept} of {Ids}, expected {expected}");
    }

    [Theory]
    [InlineData(SamplingAlgorithm.Consistent)]
    [InlineData(SamplingAlgorithm.Legacy)]
    public void What_a_smaller_ratio_keeps_a_larger_keeps_too(SamplingAlgorithm algorithm)
    {
        double[] ratios = [0.001, 0.01, 0.05, 0.1, 0.25, 0.3333, 0.5, 0.75, 0.99, 1];
        var samplers = ratios.Select(ratio => new SamplerFactory().Create(new SamplingOptions { Default = { Ratio = ratio, Algorithm = algorithm } })).ToArray();
        var random = new Random(4);
        for (var i = 0; i < Ids / 10; i++)
        {
            var root = Spans.Root(NextId(random));
            var kept = false;
            foreach (var sampler in samplers)
            {
                var keeps = sampler.ShouldSample(root).Decision == SamplingDecision.RecordAndSample;
                Assert.True(keeps || !kept, "a smaller ratio kept what a larger dropped");
                kept = keeps;
            }
            Assert.True(kept);
        }
        foreach (var sampler in samplers) sampler.Dispose();
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.3)]
    [InlineData(1)]
    [InlineData(0)]
    public void The_legacy_ratio_keeps_exactly_what_the_SDK_keeps(double ratio)
    {
        using var ours = new SamplerFactory().Create(new SamplingOptions { Default = { Ratio = ratio, Algorithm = SamplingAlgorithm.Legacy } });
        var theirs = new TraceIdRatioBasedSampler(ratio);
        var random = new Random(5);
        for (var i = 0; i < 100_000; i++)
        {
            var root = Spans.Root(NextId(random));
            Assert.Equal(theirs.ShouldSample(root).Decision, ours.ShouldSample(root).Decision);
        }
    }

    [Fact]
    public void The_adjusted_counts_of_a_fixed_ratio_add_up_to_the_traces()
    {
        using var sampler = new SamplerFactory().Create(new SamplingOptions { Default = { Ratio = 0.02 } });
        var random = new Random(6);
        var sum = new AdjustedSum();
        for (var i = 0; i < Ids; i++) sum.Count(sampler.ShouldSample(Spans.Root(NextId(random))));
        sum.AssertStandsFor(Ids);
    }

    [Fact]
    public void The_randomness_of_an_id_is_its_trailing_seven_bytes()
    {
        var random = new Random(9);
        Span<byte> bytes = stackalloc byte[16];
        for (var i = 0; i < 10_000; i++)
        {
            random.NextBytes(bytes);
            var id = ActivityTraceId.CreateFromBytes(bytes);
            Assert.Equal(BinaryPrimitives.ReadInt64BigEndian(bytes[8..]) & 0x00FF_FFFF_FFFF_FFFF, Randomness.OfTraceId(id));
            Assert.Equal(BinaryPrimitives.ReadInt64BigEndian(bytes) & long.MaxValue, Randomness.LeadingOfTraceId(id));
        }
        Assert.Equal(0, Randomness.OfTraceId(default));
    }

    internal static ActivityTraceId NextId(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, random.NextInt64(long.MinValue, long.MaxValue));
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], random.NextInt64(long.MinValue, long.MaxValue));
        return ActivityTraceId.CreateFromBytes(bytes);
    }
}
