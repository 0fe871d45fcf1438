namespace Observability.Sampling;

/// <summary>A strategy that a server sent, in the default's place: a rate by span name, and one for all others.</summary>
internal sealed class RemotePolicy(VerdictSource source, SamplingRate rest, Dictionary<string, SamplingRate> operations) : ISamplingPolicy
{
    public bool TryJudge(ref SpanFacts facts, out Verdict verdict)
    {
        verdict = operations.GetValueOrDefault(facts.Parameters.Name, rest).Judge(source, ref facts);
        return true;
    }
}
