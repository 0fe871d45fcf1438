namespace Observability.Sampling;

/// <summary>
/// The sampling policies of a process. Order of judgement: forced by token, <c>sampling.priority</c>, rules,
/// parent, remote strategy or default; the limit and fairness act on what the rules and the default say.
/// </summary>
/// <remarks>
/// Configuration section <c>Observability:Sampling</c>. Precedence: code, section, <c>OTEL_TRACES_SAMPLER</c>, default.
/// With nothing set every trace is kept and children follow their parents, as the OpenTelemetry SDK does.
/// </remarks>
public sealed class SamplingOptions
{
    /// <summary>The configuration section that <c>AddSamplingPolicies</c> and the core bind.</summary>
    public const string SectionName = "Observability:Sampling";

    /// <summary>What a span inherits from its parent. Default: <see cref="ParentPolicy.Threshold"/>. Environment: <c>OTEL_TRACES_SAMPLER</c>, <c>parentbased_*</c>.</summary>
    public ParentPolicy Parent { get; set; }

    /// <summary>Whether a parent from the wire may decide. Default: true. False suits an edge that strangers call.</summary>
    public bool TrustRemote { get; set; } = true;

    /// <summary>Whether the start attribute <c>sampling.priority</c> decides: 0 drops, 1 and more keeps. Default: true.</summary>
    public bool HonorPriority { get; set; } = true;

    /// <summary>The rules, in order; the first that matches decides. At most 200. Default: none.</summary>
    public IList<SamplingRule> Rules { get; set; } = [];

    /// <summary>What happens to a trace that no rule names.</summary>
    public SamplingDefaultOptions Default { get; set; } = new();

    /// <summary>The limit over all traces decided here.</summary>
    public SamplingLimitOptions Limit { get; set; } = new();

    /// <summary>What rare operations are guaranteed.</summary>
    public SamplingFairnessOptions Fairness { get; set; } = new();

    /// <summary>Who may force a trace.</summary>
    public SamplingForceOptions Force { get; set; } = new();

    /// <summary>Strategies polled from a server.</summary>
    public SamplingRemoteOptions Remote { get; set; } = new();

    /// <summary>Failed and slow work that is kept in spite of the head's decision.</summary>
    public SamplingTailOptions Tail { get; set; } = new();

    /// <summary>Records dropped spans too, without exporting them, for metrics made from spans (OpenTelemetry's <c>AlwaysRecord</c>). Default: false.</summary>
    public bool RecordAllForMetrics { get; set; }

    /// <summary>Writes <c>sampling.rule</c> and <c>sampling.reason</c> on kept spans. Default: false.</summary>
    public bool Annotate { get; set; }

    /// <summary>The service's name that <see cref="SamplingRule.Service"/> and a remote server are asked with. Default: <c>OTEL_SERVICE_NAME</c>.</summary>
    public string? ServiceName { get; set; }

    /// <summary>What could not be read from configuration; the validator reports it with everything else.</summary>
    internal List<string> ReadingFaults { get; } = [];

    /// <summary>A version of its own: later changes of this object must not reach a sampler half done.</summary>
    internal SamplingOptions Copy()
    {
        var copy = (SamplingOptions)MemberwiseClone();
        copy.Rules = [.. Rules.Select(rule => rule.Copy())];
        copy.Default = Default.Copy();
        copy.Limit = Limit.Copy();
        copy.Fairness = Fairness.Copy();
        copy.Force = Force.Copy();
        copy.Remote = Remote.Copy();
        copy.Tail = Tail.Copy();
        return copy;
    }
}
