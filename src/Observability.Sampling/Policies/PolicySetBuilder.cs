using System.Text;

namespace Observability.Sampling;

/// <summary>Compiles valid options, and what a server sent, into a policy set.</summary>
internal sealed class PolicySetBuilder(SamplingSurroundings surroundings, SamplingNotices notices, DecisionCounters counters)
{
    private readonly LimitStore _limits = new(surroundings.Time);

    public PolicySet Build(SamplingOptions options, RemoteStrategy? strategy)
    {
        _limits.BeginVersion();
        var version = new PolicyVersion(options, Shared(options), _limits, counters);
        var serviceName = ServiceName(options);
        var rules = options.Rules.Select(rule => new CompiledRule(
            version.Source(rule.Name, SamplingReason.Rule),
            new RuleMatcher(rule, serviceName),
            rule.Drop ? null : version.Rate(rule.Name, rule.Ratio, rule.MaxPerSecond, rule.Burst))).ToArray();

        var policies = new List<ISamplingPolicy>();
        if (Secret(options.Force) is { } secret)
            policies.Add(new ForcedPolicy(version.Source(ReservedNames.Forced, SamplingReason.Forced), options.Force, secret, _limits.Hard(ReservedNames.Forced, options.Force.MaxPerSecond, options.Force.MaxPerSecond), surroundings.Time, notices));
        if (options.HonorPriority) policies.Add(new PriorityPolicy(version.Source(ReservedNames.Priority, SamplingReason.Priority)));
        if (rules.Length > 0) policies.Add(new RulePolicy(rules));
        if (options.Parent == ParentPolicy.Threshold) policies.Add(new ParentThresholdPolicy(version.Source(ReservedNames.Parent, SamplingReason.Parent)));
        if (options.Parent == ParentPolicy.Based) policies.Add(new ParentFlagPolicy(version.Source(ReservedNames.Parent, SamplingReason.Parent)));
        var rest = version.Rest(strategy);
        policies.Add(rest.Policy);

        return new PolicySet([.. policies], rules, [.. rules.Select(rule => new NamedRate(rule.Source, rule.Rate)), rest.Rate], Traits(options, rules));
    }

    public string? ServiceName(SamplingOptions options) =>
        string.IsNullOrEmpty(options.ServiceName) ? surroundings.ReadEnvironment("OTEL_SERVICE_NAME") : options.ServiceName;

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
            RequestAttribute = surroundings.ReadRequestAttribute,
            Notices = notices,
        };
    }

    private SharedRates Shared(SamplingOptions options)
    {
        var limit = options.Limit.MaxPerSecond is { } perSecond ? _limits.Adaptive("", perSecond, options.Limit.Burst) : null;
        if (options.Fairness.MinPerMinute == 0) return new SharedRates(limit, null);
        var fairness = options.Fairness;
        return new SharedRates(limit, _limits.Quota("rare", fairness.MinPerMinute, TimeSpan.FromMinutes(1), fairness.MaxOperations, _limits.RareShare(limit)));
    }

    private byte[]? Secret(SamplingForceOptions force)
    {
        if (string.IsNullOrEmpty(force.Header) && string.IsNullOrEmpty(force.Baggage)) return null;
        var secret = force.Secret ?? (force.SecretEnv is { Length: > 0 } name ? surroundings.ReadEnvironment(name) : null);
        return string.IsNullOrEmpty(secret) ? null : Encoding.UTF8.GetBytes(secret);
    }
}
