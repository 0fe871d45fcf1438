using System.Diagnostics;
using System.Globalization;
using OpenTelemetry.Trace;

namespace Observability.Sampling.Tests;

/// <summary>
/// Vectors of Datadog's tracers: the trace ids, rates and verdicts of their Knuth hash (DataDog/dd-trace-go ddtrace/tracer/sampler_test.go,
/// dd-trace-dotnet SamplingHelpersTests.cs, dd-trace-js sampler.spec.js: the same table), and the <c>ot=rv</c> and <c>ot=th</c> that
/// DataDog/system-tests demand for them (its OpenTelemetry tracestate sampling fixtures). The hash itself is no policy of ours; a trace that it
/// has judged arrives with these values, and our thresholds must judge it alike.
/// </summary>
public class DatadogTests
{
    private const ulong KnuthFactor = 1111111111111111111;

    /// <summary>
    /// Datadog rounds 1 - rate to a double before it multiplies by 2^56; the specification's algorithm, ours, does not. Doubles below 2^56 are 8 apart.
    /// </summary>
    [Theory]
    [InlineData(0.01, "fd70a3d70a3d7")]
    [InlineData(0.1, "e6666666666668")]
    [InlineData(0.2, "ccccccccccccd")]
    [InlineData(0.5, "8")]
    [InlineData(0.99, "028f5c28f5c29")]
    public void Rates_have_these_thresholds_within_the_precision_of_a_double(double rate, string threshold) =>
        Assert.InRange(Threshold.FromProbability(rate, 14) - Threshold.Parse(threshold), -8, 8);

    /// <param name="traceId">The low 64 bits of the trace id.</param>
    /// <param name="randomness">What Datadog writes as rv.</param>
    /// <param name="keptFrom">The smallest of the rates 0.01, 0.1, 0.2, 0.5 and 0.99 at which the trace is kept; 1 when it is none.</param>
    [Theory]
    [InlineData(1, "f0948a54d43b8e", 0.1)]
    [InlineData(10, "65cd67504a538e", 0.99)]
    [InlineData(100, "fa060922e7438e", 0.1)]
    [InlineData(1000, "c43c5b5d08a38e", 0.5)]
    [InlineData(18444899399302180860, "1d6aabcffddf37", 0.99)]
    [InlineData(18444899399302180861, "0dff3624d21ac5", 0.99)]
    [InlineData(18444899399302180862, "fe93c079a65653", 0.01)]
    [InlineData(18444899399302180863, "ef284ace7a91e1", 0.1)]
    [InlineData(18446744073709551615, "0f6b75ab2bc471", 0.99)]
    [InlineData(9223372036854775809, "70948a54d43b8e", 0.99)]
    [InlineData(9223372036854775807, "8f6b75ab2bc471", 0.5)]
    [InlineData(4611686018427387905, "30948a54d43b8e", 0.99)]
    [InlineData(4611686018427387903, "4f6b75ab2bc471", 0.99)]
    [InlineData(646771306295669658, "899fbcfd433be9", 0.5)]
    [InlineData(1882305164521835798, "9d38be3d27241d", 0.5)]
    [InlineData(5198373796167680436, "7188fdce730439", 0.99)]
    [InlineData(6272545487220484606, "bea00261cb73bd", 0.5)]
    [InlineData(8696342848850656916, "ca47c7b1ab2e46", 0.5)]
    [InlineData(10197320802478874805, "d29c6d21f144ee", 0.2)]
    [InlineData(10350218024687037124, "d6dc160c1c68fd", 0.2)]
    [InlineData(12078589664685934330, "3a7d76f3c5a379", 0.99)]
    [InlineData(13794769880582338323, "a6c17470cee7cd", 0.5)]
    [InlineData(14629469446186818297, "295fd564326a5f", 0.99)]
    [InlineData(83, "0028d980cf4f1c", 1)]
    public void A_trace_that_Datadog_began_is_judged_as_Datadog_judges_it(ulong traceId, string randomness, double keptFrom)
    {
        Assert.Equal(randomness, (~unchecked(traceId * KnuthFactor) >> 8).ToString("x14", CultureInfo.InvariantCulture));
        foreach (var rate in new[] { 0.01, 0.1, 0.2, 0.5, 0.99 }) Assert.Equal(rate >= keptFrom, Keeps(traceId, rate, randomness));
    }

    [Theory]
    [InlineData(8135292307740797052, 0.1234, true)]
    [InlineData(2263640730249415707, 0.1234, false)]
    [InlineData(9223372036854775808, 0.25, false)]
    [InlineData(6148299799767393280, 0.3333, false)]
    [InlineData(2986627970102095326, 0.3333, true)]
    [InlineData(13835058055282163712, 0.75, true)]
    [InlineData(13835058055282163712, 1, true)]
    public void Other_rates_are_judged_as_Datadog_judges_them(ulong traceId, double rate, bool kept) =>
        Assert.Equal(kept, Keeps(traceId, rate, (~unchecked(traceId * KnuthFactor) >> 8).ToString("x14", CultureInfo.InvariantCulture)));

    /// <summary>
    /// The one vector on which the two differ, by one part in 2^64: Datadog keeps a hash that is equal to its bound, and rounding to 56 bits
    /// puts it on the other side of the threshold.
    /// </summary>
    [Fact]
    public void A_hash_on_the_very_bound_is_not_kept() => Assert.False(Keeps(9223372036854775808, 0.5, "7fffffffffffff"));

    private static bool Keeps(ulong traceId, double rate, string randomness)
    {
        using var sampler = new SamplerFactory().Create(new SamplingOptions { Parent = ParentPolicy.Ignore, Default = { Ratio = rate } });
        var id = ActivityTraceId.CreateFromString($"{0:x16}{traceId:x16}");
        return sampler.ShouldSample(Spans.Child(sampled: true, "ot=rv:" + randomness, traceId: id)).Decision == SamplingDecision.RecordAndSample;
    }
}
