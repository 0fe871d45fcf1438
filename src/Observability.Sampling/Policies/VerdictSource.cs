namespace Observability.Sampling;

/// <summary>Who speaks in a verdict: its name, its counter and what it writes on kept spans.</summary>
internal sealed class VerdictSource
{
    public VerdictSource(string rule, SamplingReason reason, DecisionCounter counter)
    {
        Rule = rule;
        Reason = reason;
        Counter = counter;
        Attributes =
        [
            new("sampling.rule", rule),
#pragma warning disable CA1308 // The attribute's values are lower case by convention, not for comparison.
            new("sampling.reason", reason.ToString().ToLowerInvariant()),
#pragma warning restore CA1308
        ];
    }

    public string Rule { get; }
    public SamplingReason Reason { get; }
    public DecisionCounter Counter { get; }
    public KeyValuePair<string, object>[] Attributes { get; }
}
