namespace Observability.Sampling;

/// <summary>What all rates of a policy set share: the limit over everything and the guarantee of rare operations.</summary>
internal sealed class SharedRates(AdaptiveLimit? limit, OperationQuota? quota)
{
    private readonly Dictionary<VerdictSource, VerdictSource> _rareTwins = [];

    public AdaptiveLimit? Limit { get; } = limit;
    public OperationQuota? Quota { get; } = quota;

    /// <summary>Called while the policy set is built; afterwards the twins are only read.</summary>
    public void AddTwin(VerdictSource source) =>
        _rareTwins[source] = new VerdictSource(source.Rule, SamplingReason.Rare, source.Counter);

    /// <summary>The same rule, speaking for a rare operation.</summary>
    public VerdictSource RareTwinOf(VerdictSource source) => _rareTwins.GetValueOrDefault(source, source);
}
