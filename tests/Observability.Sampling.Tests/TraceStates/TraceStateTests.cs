using OpenTelemetry.Trace;

namespace Observability.Sampling.Tests;

/// <summary>
/// Inputs after w3c/trace-context test/test.py (its tracestate cases) and the limits of the W3C and OpenTelemetry
/// specifications; what matters here is that everything that is not ours comes out as it went in.
/// </summary>
public class TraceStateTests
{
    [Theory]
    [InlineData("foo=1", "ot=th:8,foo=1")]
    [InlineData("foo=1,bar=2", "ot=th:8,foo=1,bar=2")]
    [InlineData("foo=1 \t , \t bar=2, \t baz=3", "ot=th:8,foo=1,bar=2,baz=3")]
    [InlineData("foo=1,foo=1", "ot=th:8,foo=1,foo=1")]
    [InlineData("foo=1,foo=2", "ot=th:8,foo=1,foo=2")]
    [InlineData("foo =1", "ot=th:8,foo =1")]
    [InlineData("FOO=1", "ot=th:8,FOO=1")]
    [InlineData("foo.bar=1", "ot=th:8,foo.bar=1")]
    [InlineData("foo@=1,bar=2", "ot=th:8,foo@=1,bar=2")]
    [InlineData("@foo=1,bar=2", "ot=th:8,@foo=1,bar=2")]
    [InlineData("foo@@bar=1,bar=2", "ot=th:8,foo@@bar=1,bar=2")]
    [InlineData("foo=bar=baz", "ot=th:8,foo=bar=baz")]
    [InlineData("foo=,bar=3", "ot=th:8,foo=,bar=3")]
    [InlineData("foo", "ot=th:8,foo")]
    [InlineData("0a-_*/=!,@0=1", "ot=th:8,0a-_*/=!,@0=1")]
    [InlineData("tenant@ot=th:1", "ot=th:8,tenant@ot=th:1")]
    [InlineData("foo=1,ot=th:c,bar=2", "ot=th:8,foo=1,bar=2")]
    [InlineData("ot=th:c;rv:6e6d1a75832a2f;p:8,foo=1", "ot=th:8;rv:6e6d1a75832a2f;p:8,foo=1")]
    [InlineData("ot=a:b;th:c;c:d", "ot=th:8;a:b;c:d")]
    [InlineData("ot=p:8;r:62", "ot=th:8;p:8;r:62")]
    [InlineData("ot=th:XYZ;k:v", "ot=th:8;k:v")]
    [InlineData("ot=th:c;th:d", "ot=th:8")]
    [InlineData("ot=", "ot=th:8")]
    [InlineData("ot=;;;", "ot=th:8")]
    [InlineData(",,,", "ot=th:8")]
    [InlineData("", "ot=th:8")]
    public void A_threshold_is_set_in_front_and_the_rest_stays(string before, string after) =>
        Assert.Equal(after, TraceStateWriter.Write(before, Threshold.Parse("8")));

    [Theory]
    [InlineData("ot=th:c", "")]
    [InlineData("ot=th:c,foo=1", "foo=1")]
    [InlineData("foo=1,ot=rv:6e6d1a75832a2f;th:c", "ot=rv:6e6d1a75832a2f,foo=1")]
    [InlineData("foo=1", "foo=1")]
    [InlineData("ot=th:c,foo=1,ot=th:8", "foo=1")]
    public void A_threshold_is_erased_and_the_rest_stays(string before, string after) =>
        Assert.Equal(after, TraceStateWriter.Write(before, Threshold.Never));

    [Fact]
    public void A_list_of_32_stays_a_list_of_32_by_losing_its_last()
    {
        var full = string.Join(',', Enumerable.Range(0, 32).Select(i => $"k{i}=v"));
        var written = TraceStateWriter.Write(full, Threshold.Zero).Split(',');
        Assert.Equal(32, written.Length);
        Assert.Equal(["ot=th:0", "k0=v"], written[..2]);
        Assert.Equal("k30=v", written[^1]);
    }

    [Fact]
    public void A_threshold_that_would_exceed_256_characters_is_left_out_and_the_others_stay()
    {
        var crowded = "ot=x:" + new string('_', 253) + ",foo=1";
        Assert.Equal(crowded, TraceStateWriter.Write(crowded, Threshold.Parse("8")));
        var roomy = "ot=x:" + new string('_', 249);
        Assert.Equal("ot=th:8;x:" + new string('_', 249), TraceStateWriter.Write(roomy, Threshold.Parse("8")));
    }

    [Fact]
    public void Any_text_at_all_is_read_and_written_without_harm()
    {
        var random = new Random(20261122);
        string[] pieces = ["ot=", "th:", "rv:", ",", ";", "=", ":", " ", "\t", "c", "8", "fd70a4", "6e6d1a75832a2f", "foo", "tenant@", "\0", "é", "\ud800", "🦊", "ffffffffffffff", "TH:8", "\r\n"];
        for (var i = 0; i < 200_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(0, 24)).Select(_ => pieces[random.Next(pieces.Length)]));
            if (random.Next(50) == 0) text = string.Concat(Enumerable.Repeat(text, 40));
            CheckUnharmed(text, random.NextInt64(0, Threshold.Count));
        }
    }

    [Fact]
    public void Any_characters_at_all_are_read_and_written_without_harm()
    {
        var random = new Random(7);
        for (var i = 0; i < 100_000; i++)
        {
            var text = new string(Enumerable.Range(0, random.Next(0, 64)).Select(_ => (char)random.Next(1, random.Next(2) == 0 ? 128 : 65536)).ToArray());
            CheckUnharmed(text, random.NextInt64(0, Threshold.Count));
        }
    }

    [Theory]
    [InlineData("ot=th:zz,foo=1")]
    [InlineData("ot=th:fffffffffffffffffffffff,foo=1")]
    [InlineData("ot=,foo=1")]
    [InlineData("=,,==;:,ot,foo=1")]
    public void A_malformed_tracestate_keeps_its_rest_through_a_decision(string traceState)
    {
        using var sampler = new SamplerFactory().Create(new SamplingOptions { Parent = ParentPolicy.Ignore });
        var result = sampler.ShouldSample(Spans.Child(sampled: true, traceState));
        Assert.Equal(SamplingDecision.RecordAndSample, result.Decision);
        Assert.StartsWith("ot=th:0", result.TraceStateString);
        Assert.EndsWith("foo=1", result.TraceStateString);
    }

    /// <summary>An independent reading of the rules: split, set ours apart, compare the rest.</summary>
    private static void CheckUnharmed(string text, long threshold)
    {
        var written = TraceStateWriter.Write(text, threshold);
        var others = Others(text);
        Assert.Equal(others.Take(31), Others(written).Take(31));
        var read = OtelTraceState.Read(written);
        if (!written.StartsWith("ot=", StringComparison.Ordinal) || !read.CarriesThreshold)
            Assert.True(OwnLength(text) > 256 - 18, $"the threshold was left out of {text}");
        else
            Assert.Equal(threshold, read.Threshold);
        Assert.Equal(OtelTraceState.Read(text).Randomness, read.Randomness);

        var erased = TraceStateWriter.Write(text, Threshold.Never);
        Assert.False(OtelTraceState.Read(erased).CarriesThreshold);
        Assert.Equal(others.Take(31), Others(erased).Take(31));
    }

    /// <summary>Every member that is not ours.</summary>
    private static List<string> Others(string text) =>
        text.Split(',').Select(member => member.Trim(' ', '\t'))
            .Where(member => member.Length > 0 && !member.StartsWith("ot=", StringComparison.Ordinal))
            .ToList();

    private static int OwnLength(string text) =>
        text.Split(',').Select(member => member.Trim(' ', '\t')).FirstOrDefault(member => member.StartsWith("ot=", StringComparison.Ordinal))?.Length ?? 0;
}
