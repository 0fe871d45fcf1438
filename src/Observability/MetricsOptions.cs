namespace Observability;

/// <summary>Metrics: what is measured, how it is shaped, where it goes.</summary>
public sealed class MetricsOptions
{
    internal const int DefaultCardinalityLimit = 2000;

    /// <summary>Whether metrics are collected. Default <see langword="true"/>.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// Where metrics go: <c>otlp</c>, <c>prometheus</c>, <c>console</c>, <c>none</c>. <c>OTEL_METRICS_EXPORTER</c>;
    /// default (empty): <c>prometheus</c>, and <c>otlp</c> when an OTLP endpoint is configured.
    /// </summary>
    public IList<string> Exporters { get; } = [];

    /// <summary>Meters that are heard, <c>*</c> and <c>?</c> allowed. Default (empty): all.</summary>
    public IList<string> Meters { get; } = [];

    /// <summary>Name prefixes of meters that are not heard. Default (empty): <c>Experimental.</c> and <c>Private.</c></summary>
    public IList<string> ExcludedMeterPrefixes { get; } = [];

    /// <summary>Which measurements may become exemplars: <c>trace_based</c>, <c>always_on</c>, <c>always_off</c>. <c>OTEL_METRICS_EXEMPLAR_FILTER</c>; default <c>trace_based</c>.</summary>
    public string ExemplarFilter { get; set; } = "trace_based";

    /// <summary>
    /// Attribute sets of one metric before further ones fall into a single point with <c>otel.metric.overflow=true</c>.
    /// Default 2000, and 10 or 100 for instruments of .NET that have few by their nature; 1 to 1,000,000.
    /// </summary>
    public int CardinalityLimit { get; set; } = DefaultCardinalityLimit;

    /// <summary>Labels that every metric carries: constant labels on the Prometheus endpoint, resource attributes in OTLP.</summary>
    public IDictionary<string, string> ConstantLabels { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Instruments that are kept, <c>*</c> and <c>?</c> allowed. Default (empty): all.</summary>
    public IList<string> Keep { get; } = [];

    /// <summary>Instruments that are dropped, <c>*</c> and <c>?</c> allowed; wins over <see cref="Keep"/>. Default: none.</summary>
    public IList<string> Drop { get; } = [];

    /// <summary>How single instruments are shaped. The first view that matches an instrument wins.</summary>
    public IList<MetricViewOptions> Views { get; } = [];

    /// <summary>Time between two pushes over OTLP. Default 60 s; 100 ms to 1 d. <c>OTEL_METRIC_EXPORT_INTERVAL</c> (milliseconds).</summary>
    public TimeSpan ExportInterval { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest one push may take. Default 30 s; 1 ms to 1 h. <c>OTEL_METRIC_EXPORT_TIMEOUT</c> (milliseconds).</summary>
    public TimeSpan ExportTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// What OTLP sums count from: <c>cumulative</c>, <c>delta</c>, <c>lowmemory</c>.
    /// <c>OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE</c>; default <c>cumulative</c>.
    /// </summary>
    public string Temporality { get; set; } = "cumulative";

    /// <summary>
    /// How histograms without a view of their own are kept: <c>explicit_bucket_histogram</c>, <c>base2_exponential_bucket_histogram</c>.
    /// <c>OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION</c>; default <c>explicit_bucket_histogram</c>.
    /// </summary>
    public string HistogramAggregation { get; set; } = "explicit_bucket_histogram";
}
