namespace Observability.Sampling;

/// <summary>
/// A span inherits its parent's threshold; without one, the parent's sampled flag. OpenTelemetry's ComposableParentThreshold,
/// with the check that the probability specification asks of parent-based samplers: a threshold that contradicts the
/// sampled flag, set or not, is not believed.
/// https://opentelemetry.io/docs/specs/otel/trace/tracestate-probability-sampling/#general-requirements
/// </summary>
internal sealed class ParentThresholdPolicy(VerdictSource source) : ISamplingPolicy
{
    public bool TryJudge(ref SpanFacts facts, out Verdict verdict)
    {
        verdict = default;
        if (!facts.Inherits) return false;
        var threshold = facts.Otel.Threshold;
        if (threshold >= 0 && facts.ParentSampled == facts.Randomness >= threshold)
            verdict = new Verdict(source, threshold, reliable: true);
        else
            verdict = new Verdict(source, facts.ParentSampled ? Threshold.Zero : Threshold.Never, reliable: false);
        return true;
    }
}
