namespace Observability.Sampling;

/// <summary>The conditions of one rule, compiled: cheap ones first.</summary>
internal sealed class RuleMatcher
{
    private readonly uint _circumstances;
    private readonly RuleParent _parent;
    private readonly bool _serviceMatches;
    private readonly Glob[]? _method;
    private readonly Glob[]? _path;
    private readonly Glob[]? _host;
    private readonly Glob[]? _spanName;
    private readonly Glob[]? _userAgent;
    private readonly AttributeCondition[]? _attributes;

    public RuleMatcher(SamplingRule rule, string? serviceName)
    {
        _parent = rule.Parent;
        _serviceMatches = Glob.AnyMatches(Glob.Compile(rule.Service, StringComparison.Ordinal), serviceName, TextHead.Of(serviceName));
        _circumstances = _serviceMatches ? Circumstances.Of(rule.Kind, rule.Parent) : 0;
        _method = Glob.Compile(rule.Method, StringComparison.OrdinalIgnoreCase);
        _path = Glob.Compile(rule.Path, StringComparison.OrdinalIgnoreCase);
        _host = Glob.Compile(rule.Host, StringComparison.OrdinalIgnoreCase);
        _spanName = Glob.Compile(rule.SpanName, StringComparison.Ordinal);
        _userAgent = Glob.Compile(rule.UserAgent, StringComparison.OrdinalIgnoreCase);
        _attributes = rule.Attributes.Count == 0 ? null : [.. rule.Attributes.Select(pair => new AttributeCondition(pair.Key, pair.Value))];
        Needs = (_path is null ? 0 : FactNeeds.Path) | (_method is null ? 0 : FactNeeds.Method)
            | (_host is null ? 0 : FactNeeds.Host) | (_userAgent is null ? 0 : FactNeeds.UserAgent) | (_spanName is null ? 0 : FactNeeds.SpanName);
    }

    public FactNeeds Needs { get; }

    /// <summary>Whether the rule asks for something that only a server span's start attributes can tell.</summary>
    public bool NeedsRequestAttributes => (Needs & FactNeeds.Request) != 0 || _attributes is not null;

    /// <summary>The test that turns most rules away, for the head of their list to carry out.</summary>
    public RuleGate Gate => new(_circumstances, new HeadGate(_path?.Select(glob => glob.Prefix) ?? []));

    public bool Matches(ref SpanFacts facts) =>
        (_circumstances & facts.Circumstance) != 0
        && Glob.AnyMatches(_path, facts.Path, facts.PathHead)
        && Glob.AnyMatches(_method, facts.Method, facts.MethodHead)
        && Glob.AnyMatches(_host, facts.Host, facts.HostHead)
        && Glob.AnyMatches(_spanName, facts.Parameters.Name, facts.NameHead)
        && (_userAgent is null || MatchesUserAgent(ref facts))
        && (_attributes is null || MatchesAttributes(in facts));

    /// <summary>The same question, asked for an answer that people read.</summary>
    public RuleCondition FirstMiss(ref SpanFacts facts)
    {
        if (!_serviceMatches) return RuleCondition.Service;
        if ((Circumstances.Of(null, _parent) & facts.Circumstance) == 0) return RuleCondition.Parent;
        if ((_circumstances & facts.Circumstance) == 0) return RuleCondition.Kind;
        if (!Glob.AnyMatches(_path, facts.Path, facts.PathHead)) return RuleCondition.Path;
        if (!Glob.AnyMatches(_method, facts.Method, facts.MethodHead)) return RuleCondition.Method;
        if (!Glob.AnyMatches(_host, facts.Host, facts.HostHead)) return RuleCondition.Host;
        if (!Glob.AnyMatches(_spanName, facts.Parameters.Name, facts.NameHead)) return RuleCondition.SpanName;
        if (_userAgent is not null && !MatchesUserAgent(ref facts)) return RuleCondition.UserAgent;
        return _attributes is null || MatchesAttributes(in facts) ? RuleCondition.None : RuleCondition.Attributes;
    }

    private bool MatchesUserAgent(ref SpanFacts facts)
    {
        var agent = facts.ReadUserAgent();
        return Glob.AnyMatches(_userAgent, agent, TextHead.Of(agent));
    }

    private bool MatchesAttributes(in SpanFacts facts)
    {
        foreach (var attribute in _attributes!)
        {
            if (!attribute.Holds(facts.Attribute(attribute.Key))) return false;
        }
        return true;
    }
}
