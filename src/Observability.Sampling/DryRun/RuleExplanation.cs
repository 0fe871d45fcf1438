namespace Observability.Sampling;

/// <summary>How one rule stands to a request.</summary>
/// <param name="Name">The rule's name.</param>
/// <param name="FailedCondition">The first condition that does not hold, e.g. <c>Path</c>; null when the rule matches.</param>
public sealed record RuleExplanation(string Name, string? FailedCondition);
