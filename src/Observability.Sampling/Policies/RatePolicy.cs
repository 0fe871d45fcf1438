namespace Observability.Sampling;

/// <summary>Judges whatever reaches it by one rate: the default, and what stands in for it.</summary>
internal sealed class RatePolicy(VerdictSource source, SamplingRate rate) : ISamplingPolicy
{
    public bool TryJudge(ref SpanFacts facts, out Verdict verdict)
    {
        verdict = rate.Judge(source, ref facts);
        return true;
    }
}
