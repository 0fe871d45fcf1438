using OpenTelemetry.Trace;

namespace Observability.Sampling;

/// <summary>One immutable version of the policies. A decision reads one version from beginning to end.</summary>
internal sealed class PolicySet
{
    private readonly ISamplingPolicy[] _policies;
    private readonly PolicySetTraits _traits;

    public PolicySet(ISamplingPolicy[] policies, CompiledRule[] rules, NamedRate[] rates, PolicySetTraits traits)
    {
        _policies = policies;
        _traits = traits;
        Rules = rules;
        Rates = rates;
    }

    public PolicySetTraits Traits => _traits;
    public CompiledRule[] Rules { get; }
    public NamedRate[] Rates { get; }

    public SamplingResult Decide(in SamplingParameters parameters)
    {
        var facts = new SpanFacts(in parameters, _traits);
        var verdict = Judge(ref facts);
        return Keeps(in verdict, ref facts) ? Keep(in verdict, ref facts) : Drop(in verdict, ref facts);
    }

    public Verdict Judge(ref SpanFacts facts)
    {
        foreach (var policy in _policies)
        {
            if (policy.TryJudge(ref facts, out var verdict)) return verdict;
        }
        throw new InvalidOperationException("The last policy of a set judges everything.");
    }

    public bool Keeps(in Verdict verdict, ref SpanFacts facts)
    {
        if (verdict.Threshold <= 0) return verdict.Threshold == Threshold.Zero;
        if (!facts.IsRehearsal && facts.HasParent && !facts.ParentTraceIdIsRandom && facts.Otel.Randomness < 0 && verdict.Source.Reason != SamplingReason.Parent)
            _traits.Notices.TraceIdRandomnessPresumed();
        return facts.Randomness >= verdict.Threshold;
    }

    private SamplingResult Keep(in Verdict verdict, ref SpanFacts facts)
    {
        verdict.Rate?.Charge();
        verdict.Source.Counter.Add(DecisionOutcome.Kept);
        return new SamplingResult(
            SamplingDecision.RecordAndSample,
            _traits.Annotate || verdict.Source.Reason == SamplingReason.Forced ? verdict.Source.Attributes : null,
            KeptTraceState(in verdict, in facts));
    }

    /// <summary>Null leaves the parent's tracestate as it is, and costs nothing.</summary>
    private static string? KeptTraceState(in Verdict verdict, in SpanFacts facts)
    {
        if (!verdict.Reliable) return facts.Otel.CarriesThreshold ? TraceStateWriter.Write(facts.TraceState, Threshold.Never) : null;
        if (facts.Otel.Threshold == verdict.Threshold) return null;
        if (string.IsNullOrEmpty(facts.TraceState))
            return verdict.Rate is { } rate ? rate.RootTraceState(verdict.Threshold) : TraceStateWriter.Write(null, verdict.Threshold);
        return TraceStateWriter.Write(facts.TraceState, verdict.Threshold);
    }

    private SamplingResult Drop(in Verdict verdict, ref SpanFacts facts)
    {
        verdict.Source.Counter.Add(_traits.RecordAll ? DecisionOutcome.Recorded : DecisionOutcome.Dropped);

        // A dropped local child has no context of its own that a tracestate could travel in.
        var travels = _traits.RecordAll || facts.Situation != ParentSituation.Local;
        var traceState = travels && facts.Otel.CarriesThreshold ? TraceStateWriter.Write(facts.TraceState, Threshold.Never) : null;
        return new SamplingResult(_traits.RecordAll ? SamplingDecision.RecordOnly : SamplingDecision.Drop, traceState);
    }
}
