namespace Observability.Sampling;

/// <summary>The rule list: the first rule that matches judges.</summary>
internal sealed class RulePolicy(CompiledRule[] rules) : ISamplingPolicy
{
    public bool TryJudge(ref SpanFacts facts, out Verdict verdict)
    {
        foreach (var rule in rules)
        {
            if (!rule.Matcher.Matches(ref facts)) continue;
            verdict = rule.Rate is { } rate ? rate.Judge(rule.Source, ref facts) : new Verdict(rule.Source, Threshold.Never, reliable: false);
            return true;
        }
        verdict = default;
        return false;
    }
}
