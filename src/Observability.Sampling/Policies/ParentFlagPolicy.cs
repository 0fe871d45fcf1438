namespace Observability.Sampling;

/// <summary>A span follows its parent's sampled flag: OpenTelemetry's ParentBased. A threshold travels on only while it agrees with the flag.</summary>
internal sealed class ParentFlagPolicy(VerdictSource source) : ISamplingPolicy
{
    public bool TryJudge(ref SpanFacts facts, out Verdict verdict)
    {
        verdict = default;
        if (!facts.Inherits) return false;
        var threshold = facts.Otel.Threshold;
        if (!facts.ParentSampled) verdict = new Verdict(source, Threshold.Never, reliable: false);
        else if (threshold >= 0 && facts.Randomness >= threshold) verdict = new Verdict(source, threshold, reliable: true);
        else verdict = new Verdict(source, Threshold.Zero, reliable: false);
        return true;
    }
}
