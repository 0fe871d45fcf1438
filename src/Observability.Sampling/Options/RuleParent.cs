namespace Observability.Sampling;

/// <summary>Which parents a rule speaks about.</summary>
public enum RuleParent
{
    /// <summary>
    /// Spans that do not inherit a decision: roots, and spans under an untrusted remote parent. What a rule means
    /// when it names no parent.
    /// </summary>
    Undecided,

    /// <summary>Spans with no parent at all.</summary>
    None,

    /// <summary>Spans whose parent is in this process; the rule overrides what they would inherit.</summary>
    Local,

    /// <summary>Spans whose parent came over the wire; the rule overrides what they would inherit.</summary>
    Remote,

    /// <summary>Every span, whatever its parent; the rule overrides what it would inherit.</summary>
    Any,
}
