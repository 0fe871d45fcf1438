using OpenTelemetry.Trace;

namespace Observability.Sampling.Tests;

/// <summary>
/// Vectors of the OpenTelemetry Collector: collector-contrib pkg/sampling/probability_test.go, oteltracestate_test.go and
/// w3ctracestate_test.go; processor/probabilisticsamplerprocessor/README.md.
/// </summary>
public class CollectorTests
{
    private const int Full = 14;

    [Theory]
    [InlineData(1 / 3.0, 3, "aab")]
    [InlineData(2 / 3.0, 3, "555")]
    [InlineData(3 / 3.0, 3, "0")]
    [InlineData(1 / 3.0, Full, "aaaaaaaaaaaaac")]
    public void Thirds_have_these_thresholds(double probability, int precision, string threshold) =>
        Assert.Equal(threshold, Threshold.ToText(Threshold.FromProbability(probability, precision)));

    [Theory]
    [InlineData(1, "ffffffffffffff")]
    [InlineData(2, "fffffffffffffe")]
    [InlineData(3, "fffffffffffffd")]
    [InlineData(4, "fffffffffffffc")]
    [InlineData(8, "fffffffffffff8")]
    [InlineData(16, "fffffffffffff")]
    public void The_smallest_probabilities_keep_so_many_of_2_to_the_56(int kept, string threshold) =>
        Assert.Equal(threshold, Threshold.ToText(Threshold.FromProbability(kept * Threshold.MinProbability, 3)));

    [Theory]
    [InlineData(15 / 16.0, "1", "10000000000008", "1000000000001", "10000000000018")]
    [InlineData(8 / 16.0, "8", "80000000000004", "80000000000008", "8000000000000c")]
    [InlineData(4 / 16.0, "c", "c0000000000002", "c0000000000004", "c0000000000006")]
    [InlineData(2 / 16.0, "e", "e0000000000001", "e0000000000002", "e0000000000003")]
    [InlineData(1 / 16.0, "f", "f", "f0000000000001", "f0000000000001")]
    public void Neighbouring_probabilities_have_these_thresholds_in_full_precision(double probability, params string[] thresholds)
    {
        foreach (var threshold in thresholds)
        {
            Assert.Equal(threshold, Threshold.ToText(Threshold.FromProbability(probability, Full)));
            probability = Math.BitDecrement(probability);
        }
    }

    [Theory]
    [InlineData(0x456789aL, 28, "456789a", "45678a", "45679", "4568", "456", "45", "4")]
    [InlineData(0x456789aL, 40, "000456789a", "00045678a", "00045679", "0004568", "000456", "00045", "0004")]
    [InlineData(0x789abcdefL, 40, "0789abcdef", "0789abcdf", "0789abce", "0789abd", "0789ac", "0789b", "078a", "079", "08")]
    [InlineData(0x12345678L, 32, "12345678", "1234568", "123456", "12345", "1234", "123", "12", "1")]
    [InlineData(0x80801L, 28, "0080801", "00808", "008")]
    public void Thresholds_are_rounded_to_so_many_digits(long rejected, int bits, string exact, params string[] rounded)
    {
        var probability = 1 - (rejected / Math.Pow(2, bits));
        Assert.Equal(exact, Threshold.ToText(Threshold.FromProbability(probability, Full)));
        foreach (var expected in rounded) Assert.Equal(expected, Threshold.ToText(Threshold.FromProbability(probability, expected.Length)));
    }

    [Theory]
    [InlineData("th:2", "2")]
    [InlineData("th:ab", "ab")]
    [InlineData("th:abcdefabcdefab", "abcdefabcdefab")]
    [InlineData("th:1000", "1")]
    [InlineData("th:2;extra:stuff", "2")]
    [InlineData("extra:stuff;th:2", "2")]
    [InlineData("e100:100;th:1;e101:101", "1")]
    [InlineData("x1y2z3:1-2-3;y1:y_1;xy:-;th:50", "5")]
    public void These_values_carry_a_threshold(string otel, string threshold) =>
        Assert.Equal(Threshold.Parse(threshold), OtelTraceState.Read("ot=" + otel).Threshold);

    [Theory]
    [InlineData("th:$")]
    [InlineData("th:0x1p+3")]
    [InlineData("th:14.5")]
    [InlineData("th:-1")]
    [InlineData("th:")]
    [InlineData("th:ffffffffffffffff")]
    [InlineData("th:100000000000000")]
    [InlineData("th:1=p:2")]
    [InlineData(":1;p:2=s:3")]
    [InlineData(":;:")]
    [InlineData(":")]
    [InlineData("")]
    public void These_values_carry_none_and_do_no_harm(string otel) => Assert.Equal(Threshold.Never, OtelTraceState.Read("ot=" + otel).Threshold);

    [Theory]
    [InlineData("rv:22222222222222;extra:stuff", 0x22222222222222)]
    [InlineData("extra:stuff;rv:22222222222222", 0x22222222222222)]
    [InlineData("rv:ffffffffffffff", 0xffffffffffffff)]
    [InlineData("rv:3;p:2", -1)]
    [InlineData("rv:100000000000000", -1)]
    [InlineData("rv:fffffffffffffffff", -1)]
    public void These_values_carry_this_randomness(string otel, long randomness) => Assert.Equal(randomness, OtelTraceState.Read("ot=" + otel).Randomness);

    [Theory]
    [InlineData("ot=th:1")]
    [InlineData(" ot=th:1 ")]
    [InlineData(" ot=th:1,other=value ")]
    [InlineData(" , ot=th:1, , other=value ")]
    public void White_space_and_empty_members_hide_no_threshold(string traceState) => Assert.Equal(Threshold.Parse("1"), OtelTraceState.Read(traceState).Threshold);

    [Fact]
    public void The_threshold_c_stands_for_four() => Assert.Equal(4, Threshold.ToAdjustedCount(Threshold.Parse("c")));

    [Fact]
    public void The_README_example_with_explicit_randomness_is_sampled_at_one_half()
    {
        using var sampler = new SamplerFactory().Create(new SamplingOptions { Parent = ParentPolicy.Ignore, Default = { Ratio = 0.5 } });
        var result = sampler.ShouldSample(Spans.Child(sampled: true, "ot=th:0;rv:9b8233f7e3a151"));
        Assert.Equal(SamplingDecision.RecordAndSample, result.Decision);
        Assert.Equal("ot=th:8;rv:9b8233f7e3a151", result.TraceStateString);
    }
}
