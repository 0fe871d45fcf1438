namespace Observability.Sampling;

/// <summary>What a span with a parent inherits from it.</summary>
public enum ParentPolicy
{
    /// <summary>
    /// The parent's rejection threshold (<c>ot=th</c>) where it has one that agrees with its sampled flag, the flag where it has none:
    /// OpenTelemetry's <c>ComposableParentThreshold</c>. Adjusted counts stay valid along the trace.
    /// </summary>
    Threshold,

    /// <summary>The parent's sampled flag alone: OpenTelemetry's <c>ParentBased</c>.</summary>
    Based,

    /// <summary>Nothing: every span is judged by the rules and the default as if it were a root.</summary>
    Ignore,
}
