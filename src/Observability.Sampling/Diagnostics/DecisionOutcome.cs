namespace Observability.Sampling;

/// <summary>What became of a span.</summary>
internal enum DecisionOutcome
{
    Kept,
    Dropped,

    /// <summary>Not exported, but recorded for processors: AlwaysRecord or the tail buffer asked for it.</summary>
    Recorded,
}
