using System.Text;

namespace Observability.Sampling;

/// <summary>Compiles valid options into a policy set. Limits that did not change are carried over, so that a reload refills no bucket.</summary>
internal sealed class PolicySetBuilder(SamplingSurroundings surroundings, SamplingNotices notices, DecisionCounters counters)
{
    private readonly Dictionary<(string Rule, double PerSecond, double? Burst), AdaptiveLimit> _limits = [];

    public PolicySet Build(SamplingOptions options, ISamplingPolicy? remote = null)
    {
        var shared = Shared(options);
        VerdictSource Source(string rule, SamplingReason reason)
        {
            var source = new VerdictSource(rule, reason, counters.For(rule));
            shared.AddTwin(source);
            return source;
        }

        var serviceName = ServiceName(options);
        var rules = options.Rules.Select(rule => new CompiledRule(
            Source(rule.Name, SamplingReason.Rule),
            new RuleMatcher(rule, serviceName),
            rule.Drop ? null : Rate(options, rule.Name, rule.Ratio, rule.MaxPerSecond, rule.Burst, shared))).ToArray();

        var policies = new List<ISamplingPolicy>();
        if (Secret(options.Force) is { } secret)
            policies.Add(new ForcedPolicy(Source(ReservedNames.Forced, SamplingReason.Forced), options.Force, secret, new HardLimit(options.Force.MaxPerSecond, surroundings.Time), surroundings.Time, notices));
        if (options.HonorPriority) policies.Add(new PriorityPolicy(Source(ReservedNames.Priority, SamplingReason.Priority)));
        if (rules.Length > 0) policies.Add(new RulePolicy(rules));
        if (options.Parent == ParentPolicy.Threshold) policies.Add(new ParentThresholdPolicy(Source(ReservedNames.Parent, SamplingReason.Parent)));
        if (options.Parent == ParentPolicy.Based) policies.Add(new ParentFlagPolicy(Source(ReservedNames.Parent, SamplingReason.Parent)));
        if (remote is not null) policies.Add(remote);
        var rest = new NamedRate(
            Source(ReservedNames.Default, SamplingReason.Default),
            Rate(options, ReservedNames.Default, options.Default.Ratio, options.Default.MaxPerSecond, options.Default.Burst, shared));
        policies.Add(new RatePolicy(rest.Source, rest.Rate!));

        return new PolicySet([.. policies], rules, [.. rules.Select(rule => new NamedRate(rule.Source, rule.Rate)), rest], Traits(options, rules));
    }

    private PolicySetTraits Traits(SamplingOptions options, CompiledRule[] rules)
    {
        var needs = rules.Aggregate(FactNeeds.None, (all, rule) => all | rule.Matcher.Needs);
        if (options.HonorPriority) needs |= FactNeeds.Priority;
        if (options.Fairness.MinPerMinute > 0) needs |= FactNeeds.Path | FactNeeds.Method;
        return new PolicySetTraits
        {
            Needs = needs,
            TrustRemote = options.TrustRemote,
            Inherits = options.Parent != ParentPolicy.Ignore,
            RecordAll = options.RecordAllForMetrics || options.Tail.Enabled,
            Annotate = options.Annotate,
            NeedsRequestAttributes = options.Fairness.MinPerMinute > 0 || Array.Exists(rules, rule => rule.Matcher.NeedsRequestAttributes),
            Header = surroundings.ReadRequestHeader,
            Notices = notices,
        };
    }

    private SharedRates Shared(SamplingOptions options)
    {
        var limit = options.Limit.MaxPerSecond is { } perSecond ? Limit("", perSecond, options.Limit.Burst) : null;
        if (options.Fairness.MinPerMinute == 0) return new SharedRates(limit, null);

        // Half of the limit at most goes to rare operations, so that a flood of names cannot push out the rest.
        var share = limit is null ? null : new HardLimit(limit.PerSecond / 2, surroundings.Time);
        return new SharedRates(limit, new OperationQuota(options.Fairness.MinPerMinute, TimeSpan.FromMinutes(1), options.Fairness.MaxOperations, share, surroundings.Time));
    }

    private SamplingRate Rate(SamplingOptions options, string rule, double ratio, double? perSecond, double? burst, SharedRates shared) =>
        new(ratio, options.Default.Algorithm, perSecond is { } rate ? Limit(rule, rate, burst) : null, shared);

    private AdaptiveLimit Limit(string rule, double perSecond, double? burst)
    {
        var key = (rule, perSecond, burst);
        if (!_limits.TryGetValue(key, out var limit)) _limits[key] = limit = new AdaptiveLimit(perSecond, burst, surroundings.Time);
        return limit;
    }

    private byte[]? Secret(SamplingForceOptions force)
    {
        if (string.IsNullOrEmpty(force.Header) && string.IsNullOrEmpty(force.Baggage)) return null;
        var secret = force.Secret ?? (force.SecretEnv is { Length: > 0 } name ? surroundings.ReadEnvironment(name) : null);
        return string.IsNullOrEmpty(secret) ? null : Encoding.UTF8.GetBytes(secret);
    }

    private string? ServiceName(SamplingOptions options) =>
        string.IsNullOrEmpty(options.ServiceName) ? surroundings.ReadEnvironment("OTEL_SERVICE_NAME") : options.ServiceName;
}
