namespace Observability.Sampling;

/// <summary>How many of the traces it is asked about are kept: a ratio, a limit of its own, the limit over all, and what rare operations are owed.</summary>
internal sealed class SamplingRate
{
    private readonly long _threshold;
    private readonly string _rootTraceState;
    private readonly long? _legacyBound;
    private readonly AdaptiveLimit? _limit;
    private readonly SharedRates _shared;

    public SamplingRate(double ratio, SamplingAlgorithm algorithm, AdaptiveLimit? limit, SharedRates shared)
    {
        Ratio = ratio;
        _threshold = algorithm == SamplingAlgorithm.Consistent ? Threshold.FromProbability(ratio) : ratio > 0 ? Threshold.Zero : Threshold.Never;
        _rootTraceState = TraceStateWriter.Write(null, _threshold);
        _legacyBound = algorithm == SamplingAlgorithm.Legacy && ratio is > 0 and < 1 ? (long)(ratio * long.MaxValue) : null;
        _limit = limit;
        _shared = shared;
        Algorithm = algorithm;
    }

    public double Ratio { get; }
    public SamplingAlgorithm Algorithm { get; }

    /// <summary>The probability with which a trace would be kept now.</summary>
    public double CurrentProbability() =>
        Threshold.ToProbability(CurrentThreshold()) * (_legacyBound is null ? 1 : Ratio);

    public Verdict Judge(VerdictSource source, ref SpanFacts facts)
    {
        if (_threshold < 0) return new Verdict(source, Threshold.Never, reliable: false);
        if (_shared.Quota is { } quota && quota.TryGrant(ref facts)) return new Verdict(_shared.RareTwinOf(source), Threshold.Zero, reliable: true, this);
        if (_legacyBound is { } bound && Randomness.LeadingOfTraceId(facts.Parameters.TraceId) >= bound)
            return new Verdict(source, Threshold.Never, reliable: false, this);
        return new Verdict(source, CurrentThreshold(), Algorithm == SamplingAlgorithm.Consistent, this);
    }

    public void Charge()
    {
        _limit?.Charge();
        _shared.Limit?.Charge();
    }

    public string RootTraceState(long threshold)
    {
        if (threshold == _threshold) return _rootTraceState;
        return (_limit ?? _shared.Limit)?.RootTraceState(threshold) ?? TraceStateWriter.Write(null, threshold);
    }

    private long CurrentThreshold()
    {
        var threshold = _threshold;
        if (threshold < 0) return threshold;
        if (_limit is not null) threshold = Math.Max(threshold, _limit.CurrentThreshold());
        if (_shared.Limit is not null) threshold = Math.Max(threshold, _shared.Limit.CurrentThreshold());
        return threshold;
    }
}
