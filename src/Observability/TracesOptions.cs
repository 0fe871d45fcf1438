namespace Observability;

/// <summary>Spans: what makes them, what they carry, where they go.</summary>
public sealed class TracesOptions
{
    /// <summary>Whether spans are collected. Default <see langword="true"/>.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// Where spans go: <c>otlp</c>, <c>zipkin</c>, <c>console</c>, <c>none</c>. <c>OTEL_TRACES_EXPORTER</c>;
    /// default (empty): <c>otlp</c> when an OTLP endpoint is configured, else nowhere.
    /// </summary>
    public IList<string> Exporters { get; } = [];

    /// <summary>ActivitySources that are heard, <c>*</c> and <c>?</c> allowed. Default (empty): all.</summary>
    public IList<string> Sources { get; } = [];

    /// <summary>Name prefixes of ActivitySources that are not heard. Default (empty): <c>Experimental.</c> and <c>Private.</c></summary>
    public IList<string> ExcludedSourcePrefixes { get; } = [];

    /// <summary>
    /// Request paths that make no spans, <c>*</c> at the end allowed.
    /// Default (empty): <c>/health*</c>, <c>/livez</c>, <c>/readyz</c>, <c>/metrics</c>. The single entry <c>none</c> turns this off.
    /// </summary>
    public IList<string> IgnoredPaths { get; } = [];

    /// <summary>Whether exceptions that end a request become span events. Default <see langword="true"/>.</summary>
    public bool RecordExceptions { get; set; } = true;

    /// <summary>Whether values in query strings are kept. They often are secrets: default <see langword="false"/>, each value becomes <c>REDACTED</c>.</summary>
    public bool KeepQueryValues { get; set; }

    /// <summary>Whether literals in SQL text are kept. They often are personal data: default <see langword="false"/>, each literal becomes <c>?</c>.</summary>
    public bool KeepSqlLiterals { get; set; }

    /// <summary>Whether spans also carry <c>net.peer.ip</c> and <c>net.peer.port</c>, the names before today's <c>network.peer.*</c>. Default <see langword="false"/>.</summary>
    public bool LegacyPeerAttributes { get; set; }

    /// <summary>How finished spans wait for their export. <c>OTEL_BSP_*</c>.</summary>
    public BatchOptions Batch { get; } = new() { ScheduledDelay = TimeSpan.FromSeconds(5) };
}
