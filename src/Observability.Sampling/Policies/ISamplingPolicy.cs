namespace Observability.Sampling;

/// <summary>
/// One policy of the list. It must not throw, must not look at the trace's randomness to choose a threshold, and may
/// be called by any number of threads.
/// </summary>
internal interface ISamplingPolicy
{
    /// <summary>Judges the span, or leaves it to the next policy.</summary>
    bool TryJudge(ref SpanFacts facts, out Verdict verdict);
}
