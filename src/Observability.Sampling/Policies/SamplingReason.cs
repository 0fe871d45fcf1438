namespace Observability.Sampling;

/// <summary>Why a span was kept or dropped; in lower case the value of <c>sampling.reason</c>.</summary>
internal enum SamplingReason
{
    Default,
    Rule,
    Parent,
    Forced,
    Priority,
    Remote,

    /// <summary>One of the first of its operation in this minute.</summary>
    Rare,
}
