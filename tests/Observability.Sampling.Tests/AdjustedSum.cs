using OpenTelemetry.Trace;

namespace Observability.Sampling.Tests;

/// <summary>What a backend makes of the thresholds that it is sent: an estimate of the traces there were, and its standard deviation.</summary>
internal sealed class AdjustedSum
{
    private double _variance;

    public double Estimate { get; private set; }
    public int Kept { get; private set; }

    public void Count(SamplingResult result)
    {
        if (result.Decision != SamplingDecision.RecordAndSample) return;
        var weight = Threshold.ToAdjustedCount(OtelTraceState.Read(result.TraceStateString).Threshold);
        Assert.True(weight >= 1, $"kept without a threshold: {result.TraceStateString}");
        Estimate += weight;
        _variance += weight * (weight - 1);
        Kept++;
    }

    public void AssertStandsFor(double traces)
    {
        var deviation = Math.Max(1, Math.Sqrt(_variance));
        Assert.True(Math.Abs(Estimate - traces) <= 4 * deviation, $"estimated {Estimate:0} of {traces:0} traces, 4 sigma is {4 * deviation:0}");
        Assert.True(4 * deviation < traces / 2, $"4 sigma is {4 * deviation:0} of {traces:0}: the estimate says nothing");
    }
}
