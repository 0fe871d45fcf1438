using System.Diagnostics;

namespace Observability.Sampling;

/// <summary>
/// One line of the rule list: what a span must look like at its start, and what then happens. The first rule that
/// matches decides. Every condition that is set must hold; within one condition any of its patterns suffices.
/// </summary>
/// <remarks>
/// A pattern matches the whole value; <c>*</c> stands for any run of characters, also none. Paths, hosts, methods and
/// user agents are compared without regard to case; span names, services and attribute values with it.
/// A head sampler sees only what is known when the span starts: never the route template, the status or the duration.
/// </remarks>
public sealed class SamplingRule
{
    /// <summary>The rule's name in metrics, in <c>sampling.rule</c> and in the dry run. Required, unique, at most 100 characters.</summary>
    public string Name { get; set; } = "";

    /// <summary>The span's kind. Default: any.</summary>
    public ActivityKind? Kind { get; set; }

    /// <summary>Which parents the rule speaks about. Default: <see cref="RuleParent.Undecided"/>.</summary>
    public RuleParent Parent { get; set; }

    /// <summary>Patterns of the span's name at start. Default: any.</summary>
    public string[] SpanName { get; set; } = [];

    /// <summary>HTTP methods (<c>http.request.method</c>). Default: any.</summary>
    public string[] Method { get; set; } = [];

    /// <summary>Patterns of the URL's path (<c>url.path</c>), e.g. <c>/health*</c>. Default: any.</summary>
    public string[] Path { get; set; } = [];

    /// <summary>Patterns of the host (<c>server.address</c>). Default: any.</summary>
    public string[] Host { get; set; } = [];

    /// <summary>Patterns of the user agent (<c>user_agent.original</c>, or the request's header where it can be read). Default: any.</summary>
    public string[] UserAgent { get; set; } = [];

    /// <summary>Patterns of the service's name. Default: any.</summary>
    public string[] Service { get; set; } = [];

    /// <summary>Patterns by attribute key; each key must be present at start and its value match. Default: none.</summary>
    public Dictionary<string, string> Attributes { get; set; } = [];

    /// <summary>Drops what matches. Default: false. Cannot stand beside <see cref="Ratio"/> or <see cref="MaxPerSecond"/>.</summary>
    public bool Drop { get; set; }

    /// <summary>The share of traces that is kept, 0 to 1. Default: 1.</summary>
    public double Ratio { get; set; } = 1;

    /// <summary>Traces per second that are kept at most, on average; raises the threshold when there are more. Above 0. Default: no limit.</summary>
    public double? MaxPerSecond { get; set; }

    /// <summary>Traces that may be kept at once after idling. At least 1. Default: one second's worth.</summary>
    public double? Burst { get; set; }

    internal SamplingRule Copy()
    {
        var copy = (SamplingRule)MemberwiseClone();
        copy.SpanName = [.. SpanName];
        copy.Method = [.. Method];
        copy.Path = [.. Path];
        copy.Host = [.. Host];
        copy.UserAgent = [.. UserAgent];
        copy.Service = [.. Service];
        copy.Attributes = new Dictionary<string, string>(Attributes, StringComparer.Ordinal);
        return copy;
    }
}
