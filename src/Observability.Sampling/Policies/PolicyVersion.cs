namespace Observability.Sampling;

/// <summary>The parts of one version while it is built: its sources, its rates, and what stands at the end of its list.</summary>
internal sealed class PolicyVersion(SamplingOptions options, SharedRates shared, LimitStore limits, DecisionCounters counters)
{
    private const int RemoteOperations = 2048;

    public VerdictSource Source(string rule, SamplingReason reason)
    {
        var source = new VerdictSource(rule, reason, counters.For(rule));
        shared.AddTwin(source);
        return source;
    }

    public SamplingRate Rate(string rule, double ratio, double? perSecond, double? burst) => Rate(rule, ratio, perSecond, burst, shared);

    /// <summary>The last policy: the server's strategy, the initial ratio before it came, or the default.</summary>
    public (ISamplingPolicy Policy, NamedRate Rate) Rest(RemoteStrategy? strategy)
    {
        var remote = !string.IsNullOrEmpty(options.Remote.Jaeger);
        if (remote && strategy is not null) return Remote(strategy);
        var source = remote ? Source(ReservedNames.Remote, SamplingReason.Remote) : Source(ReservedNames.Default, SamplingReason.Default);
        var ratio = remote ? options.Remote.InitialRatio ?? options.Default.Ratio : options.Default.Ratio;
        var rate = Rate(ReservedNames.Default, ratio, options.Default.MaxPerSecond, options.Default.Burst);
        return (new RatePolicy(source, rate), new NamedRate(source, rate));
    }

    private (ISamplingPolicy Policy, NamedRate Rate) Remote(RemoteStrategy strategy)
    {
        var guaranteed = strategy.LowerBound > 0 ? new SharedRates(shared.Limit, LowerBound(strategy.LowerBound)) : shared;
        var source = Source(ReservedNames.Remote, SamplingReason.Remote);
        if (guaranteed != shared) guaranteed.AddTwin(source);
        var rest = Rate(ReservedNames.Remote, strategy.Ratio, strategy.MaxPerSecond, null, guaranteed);
        var operations = strategy.Operations.ToDictionary(
            operation => operation.Key,
            operation => Rate(ReservedNames.Remote, operation.Value, null, null, guaranteed),
            StringComparer.Ordinal);
        return (new RemotePolicy(source, rest, operations), new NamedRate(source, rest));
    }

    /// <summary>Bounds of less than one trace a minute are common: the window grows until one fits in.</summary>
    private OperationQuota LowerBound(double perSecond)
    {
        var window = TimeSpan.FromSeconds(Math.Min(86_400, Math.Max(60, 1 / perSecond)));
        var grants = (int)Math.Max(1, Math.Round(perSecond * window.TotalSeconds));
        return limits.Quota(ReservedNames.Remote, grants, window, RemoteOperations, limits.RareShare(shared.Limit));
    }

    private SamplingRate Rate(string rule, double ratio, double? perSecond, double? burst, SharedRates among) =>
        new(ratio, options.Default.Algorithm, perSecond is { } rate ? limits.Adaptive(rule, rate, burst) : null, among);
}
