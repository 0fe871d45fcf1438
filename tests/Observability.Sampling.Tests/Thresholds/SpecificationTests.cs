using System.Globalization;
using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Observability.Sampling.Tests;

/// <summary>
/// Vectors of the OpenTelemetry specification:
/// specification/trace/tracestate-probability-sampling.md (the 1-in-N table) and specification/trace/tracestate-handling.md.
/// </summary>
public class SpecificationTests
{
    [Theory]
    [InlineData(1, "0", "0", "0")]
    [InlineData(2, "8", "8", "8")]
    [InlineData(3, "aab", "aaab", "aaaab")]
    [InlineData(4, "c", "c", "c")]
    [InlineData(5, "ccd", "cccd", "ccccd")]
    [InlineData(8, "e", "e", "e")]
    [InlineData(10, "e66", "e666", "e6666")]
    [InlineData(16, "f", "f", "f")]
    [InlineData(100, "fd71", "fd70a", "fd70a4")]
    [InlineData(1_000, "ffbe7", "ffbe77", "ffbe76d")]
    [InlineData(10_000, "fff972", "fff9724", "fff97247")]
    [InlineData(100_000, "ffff584", "ffff583a", "ffff583a5")]
    [InlineData(1_000_000, "ffffef4", "ffffef39", "ffffef391")]
    public void The_table_of_one_in_N_gives_these_thresholds(int n, params string[] byPrecision)
    {
        for (var i = 0; i < 3; i++) Assert.Equal(byPrecision[i], Threshold.ToText(Threshold.FromProbability(1.0 / n, 3 + i)));
    }

    [Theory]
    [InlineData("aaab", 0.3333282470703125, 3.00004577706569)]
    [InlineData("ccd", 0.199951171875, 5.001221001221001)]
    [InlineData("fd70a", 0.010000228881835938, 99.99771123402633)]
    [InlineData("ffbe76d", 0.000999998301267624, 1000.0016987352618)]
    [InlineData("fff9724", 0.00010000169277191162, 9999.830725674266)]
    [InlineData("ffffef4", 9.98377799987793e-07, 1.0016248358208955e+06)]
    public void The_table_gives_these_probabilities_and_adjusted_counts(string threshold, double probability, double adjustedCount)
    {
        Assert.Equal(probability, Threshold.ToProbability(Threshold.Parse(threshold)), 1e-15);
        Assert.Equal(adjustedCount, Threshold.ToAdjustedCount(Threshold.Parse(threshold)), adjustedCount * 1e-13);
    }

    [Theory]
    [InlineData("0", 1)]
    [InlineData("c", 0.25)]
    [InlineData("8", 0.5)]
    public void The_examples_of_thresholds_decode_to_these_probabilities(string threshold, double probability) =>
        Assert.Equal(probability, Threshold.ToProbability(Threshold.Parse(threshold)));

    [Fact]
    public void One_per_cent_with_five_digits_is_fd70a4() =>
        Assert.Equal("fd70a4", Threshold.ToText(Threshold.FromProbability(0.01, 5)));

    [Theory]
    [InlineData(0.57, true)]
    [InlineData(1.0, true)]
    [InlineData(0.56, false)]
    public void The_example_of_explicit_randomness_is_kept_from_56_9_per_cent_on(double ratio, bool kept)
    {
        using var sampler = new SamplerFactory().Create(new SamplingOptions { Parent = ParentPolicy.Ignore, Default = { Ratio = ratio } });
        var decision = sampler.ShouldSample(Spans.Child(sampled: false, "ot=rv:6e6d1a75832a2f", traceId: Spans.TraceId(0))).Decision;
        Assert.Equal(kept ? SamplingDecision.RecordAndSample : SamplingDecision.Drop, decision);
    }

    [Fact]
    public void Explicit_randomness_decides_against_the_trace_id_as_in_the_SDK_specification()
    {
        // specification/trace/sdk.md: traceparent 00-ffffffffffffffffffffffffffffffff-…-00 with tracestate ot=rv:7479cfb506891d
        using var sampler = new SamplerFactory().Create(new SamplingOptions { Parent = ParentPolicy.Ignore, Default = { Ratio = 0.25 } });
        var id = ActivityTraceId.CreateFromString("ffffffffffffffffffffffffffffffff");
        Assert.Equal(SamplingDecision.Drop, sampler.ShouldSample(Spans.Child(sampled: false, "ot=rv:7479cfb506891d", traceId: id)).Decision);
        Assert.Equal(SamplingDecision.RecordAndSample, sampler.ShouldSample(Spans.Child(sampled: false, traceId: id)).Decision);
    }

    [Fact]
    public void A_threshold_written_and_read_again_is_the_same()
    {
        var random = new Random(7);
        for (var i = 0; i < 100_000; i++)
        {
            var threshold = random.NextInt64(0, Threshold.Count);
            Assert.Equal(threshold, Threshold.Parse(Threshold.ToText(threshold)));
        }
    }

    [Fact]
    public void Rounding_to_four_digits_changes_a_probability_by_less_than_one_in_two_thousand()
    {
        var random = new Random(11);
        for (var i = 0; i < 100_000; i++)
        {
            var probability = Math.Pow(2, -40 * random.NextDouble());
            var rounded = Threshold.ToProbability(Threshold.FromProbability(probability));
            Assert.True(Math.Abs(rounded - probability) <= probability / 2000, probability.ToString("r", CultureInfo.InvariantCulture));
        }
    }
}
