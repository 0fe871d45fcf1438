using System.Diagnostics;

namespace Observability.Sampling;

/// <summary>The conditions of one rule, compiled: cheap ones first.</summary>
internal sealed class RuleMatcher
{
    private readonly ActivityKind? _kind;
    private readonly RuleParent _parent;
    private readonly bool _serviceMatches;
    private readonly Glob[] _spanName;
    private readonly Glob[] _method;
    private readonly Glob[] _path;
    private readonly Glob[] _host;
    private readonly Glob[] _userAgent;
    private readonly AttributeCondition[] _attributes;

    public RuleMatcher(SamplingRule rule, string? serviceName)
    {
        _kind = rule.Kind;
        _parent = rule.Parent;
        _serviceMatches = rule.Service.Length == 0
            || (serviceName is not null && Glob.AnyMatches(Glob.Compile(rule.Service, StringComparison.Ordinal), serviceName));
        _spanName = Glob.Compile(rule.SpanName, StringComparison.Ordinal);
        _method = Glob.Compile(rule.Method, StringComparison.OrdinalIgnoreCase);
        _path = Glob.Compile(rule.Path, StringComparison.OrdinalIgnoreCase);
        _host = Glob.Compile(rule.Host, StringComparison.OrdinalIgnoreCase);
        _userAgent = Glob.Compile(rule.UserAgent, StringComparison.OrdinalIgnoreCase);
        _attributes = [.. rule.Attributes.Select(pair => new AttributeCondition(pair.Key, pair.Value))];
        Needs = (_path.Length > 0 ? FactNeeds.Path : 0) | (_method.Length > 0 ? FactNeeds.Method : 0)
            | (_host.Length > 0 ? FactNeeds.Host : 0) | (_userAgent.Length > 0 ? FactNeeds.UserAgent : 0);
    }

    public FactNeeds Needs { get; }

    /// <summary>Whether the rule asks for something that only a server span's start attributes can tell.</summary>
    public bool NeedsRequestAttributes => Needs != FactNeeds.None || _attributes.Length > 0;

    public bool Matches(ref SpanFacts facts) => FirstMiss(ref facts) == RuleCondition.None;

    public RuleCondition FirstMiss(ref SpanFacts facts)
    {
        if (!_serviceMatches) return RuleCondition.Service;
        if (!MatchesParent(in facts)) return RuleCondition.Parent;
        if (_kind is { } kind && kind != facts.Parameters.Kind) return RuleCondition.Kind;
        if (!Holds(_method, facts.Method)) return RuleCondition.Method;
        if (!Holds(_path, facts.Path)) return RuleCondition.Path;
        if (!Holds(_host, facts.Host)) return RuleCondition.Host;
        if (!Holds(_spanName, facts.Parameters.Name)) return RuleCondition.SpanName;
        if (_userAgent.Length > 0 && !Holds(_userAgent, facts.ReadUserAgent())) return RuleCondition.UserAgent;
        foreach (var attribute in _attributes)
        {
            if (!attribute.Holds(facts.Attribute(attribute.Key))) return RuleCondition.Attributes;
        }
        return RuleCondition.None;
    }

    private bool MatchesParent(in SpanFacts facts) => _parent switch
    {
        RuleParent.Any => true,
        RuleParent.Undecided => !facts.Inherits,
        RuleParent.None => facts.Situation == ParentSituation.None,
        RuleParent.Local => facts.Situation == ParentSituation.Local,
        RuleParent.Remote => facts.Situation == ParentSituation.Remote,
        _ => false,
    };

    private static bool Holds(Glob[] globs, string? value) =>
        globs.Length == 0 || (value is not null && Glob.AnyMatches(globs, value));
}
