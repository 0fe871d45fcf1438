namespace Observability.Sampling;

/// <summary>The conditions of a rule, in the order in which they are tried.</summary>
internal enum RuleCondition
{
    /// <summary>No condition failed: the rule matches.</summary>
    None,
    Service,
    Parent,
    Kind,
    Path,
    Method,
    Host,
    SpanName,
    UserAgent,
    Attributes,
}
