namespace Observability.Prometheus;

/// <summary>What is exposed to Prometheus and how. Section <c>Observability:Prometheus</c> when configured by the <c>Observability</c> package.</summary>
public sealed class PrometheusOptions
{
    /// <summary>How instrument names become metric names. Default: <see cref="PrometheusTranslationStrategy.UnderscoreEscapingWithSuffixes"/>.</summary>
    public PrometheusTranslationStrategy TranslationStrategy { get; set; } = PrometheusTranslationStrategy.UnderscoreEscapingWithSuffixes;

    /// <summary>Whether the resource is exposed as <c>target_info</c>. Default: true.</summary>
    public bool TargetInfo { get; set; } = true;

    /// <summary>Whether every series carries <c>otel_scope_name</c>, <c>otel_scope_version</c> and the scope's attributes. Default: true.</summary>
    public bool ScopeLabels { get; set; } = true;

    /// <summary>
    /// Whether counters and histogram buckets carry exemplars (trace_id, span_id) in OpenMetrics and protobuf. Default: true, which also
    /// sets the provider's exemplar filter to trace-based unless <c>OTEL_METRICS_EXEMPLAR_FILTER</c> or a later <c>SetExemplarFilter</c> says otherwise.
    /// </summary>
    public bool Exemplars { get; set; } = true;

    /// <summary>Whether OpenMetrics carries <c>_created</c> samples and protobuf created timestamps. Default: false, since each is one more series.</summary>
    public bool CreatedSamples { get; set; }

    /// <summary>
    /// Experimental: whether a server that asks for OpenMetrics 2.0 gets it, as its release candidate 2.0.0-rc0 of March 2026 stands.
    /// Default: false, until there is a standard.
    /// </summary>
    public bool OpenMetrics2 { get; set; }

    /// <summary>Labels that every series carries. Default: none. A tag of the same name appears as <c>exported_</c> and its name.</summary>
    public IDictionary<string, string> ConstantLabels { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Resource attributes that every series carries as labels, by name with <c>*</c> and <c>?</c>, such as <c>service.name</c>. Default: none.</summary>
    public string[] ResourceLabels { get; set; } = [];

    /// <summary>Series to expose, each as <c>metric</c> or <c>metric{label=value}</c> with <c>*</c> and <c>?</c>. Default: none, which exposes all.</summary>
    public string[] Keep { get; set; } = [];

    /// <summary>Series not to expose, written like <see cref="Keep"/>; wins over it. Default: none.</summary>
    public string[] Drop { get; set; } = [];

    /// <summary>
    /// Histograms to expose as summaries, by name with <c>*</c> and <c>?</c>. Their quantiles are estimated from the buckets, over the
    /// life of the process: as exact as the buckets are narrow. Default: none.
    /// </summary>
    public string[] Summaries { get; set; } = [];

    /// <summary>The quantiles of <see cref="Summaries"/>, each between 0 and 1. Default (when null): 0.5, 0.9, 0.99.</summary>
    public double[]? Quantiles { get; set; }

    /// <summary>The longest that a scrape may take when the server does not say. Default: 10 seconds; range 0.1 seconds to 10 minutes.</summary>
    public TimeSpan ScrapeTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Responses that may be under way at once; a further scrape is answered 503. Default: 16; range 1 to 1024.</summary>
    public int MaxConcurrentScrapes { get; set; } = 16;

    /// <summary>The endpoint of hosts without ASP.NET Core.</summary>
    public PrometheusListenerOptions Listener { get; } = new();
}
