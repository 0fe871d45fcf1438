namespace Observability.Sampling;

/// <summary>The rule list: the first rule that matches judges.</summary>
internal sealed class RulePolicy(CompiledRule[] rules) : ISamplingPolicy
{
    // Side by side, so that passing over a rule costs no walk through its objects.
    private readonly RuleGate[] _gates = [.. rules.Select(rule => rule.Matcher.Gate)];

    public bool TryJudge(ref SpanFacts facts, out Verdict verdict)
    {
        var gates = _gates;
        var (circumstance, pathHead) = (facts.Circumstance, facts.PathHead);
        for (var i = 0; i < gates.Length; i++)
        {
            if (!gates[i].MayPass(circumstance, pathHead) || !rules[i].Matcher.Matches(ref facts)) continue;
            var rule = rules[i];
            verdict = rule.Rate is { } rate ? rate.Judge(rule.Source, ref facts) : new Verdict(rule.Source, Threshold.Never, reliable: false);
            return true;
        }
        verdict = default;
        return false;
    }
}
