namespace Observability;

/// <summary>
/// Every setting of <c>AddObservability()</c>. Precedence: code, then the configuration section <c>Observability</c>,
/// then the <c>OTEL_*</c> variables named here, then the defaults.
/// </summary>
public sealed class ObservabilityOptions
{
    /// <summary>The name of the configuration section: <c>Observability</c>.</summary>
    public const string SectionName = "Observability";

    /// <summary>Whether anything is collected at all. Default <see langword="true"/>; <c>OTEL_SDK_DISABLED=true</c> turns it off. Formats that <see cref="Propagators"/> names are carried all the same.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The resource's <c>service.name</c>. <c>OTEL_SERVICE_NAME</c>; default: the entry assembly's name.</summary>
    public string? ServiceName { get; set; }

    /// <summary>The resource's <c>service.namespace</c>. Default: none.</summary>
    public string? ServiceNamespace { get; set; }

    /// <summary>The resource's <c>service.version</c>. Default: the entry assembly's informational version.</summary>
    public string? ServiceVersion { get; set; }

    /// <summary>The resource's <c>service.instance.id</c>. Default: a random UUID a process.</summary>
    public string? ServiceInstanceId { get; set; }

    /// <summary>The resource's <c>deployment.environment.name</c>. Default: the host's environment name.</summary>
    public string? Environment { get; set; }

    /// <summary>Further resource attributes by name. They win over <c>OTEL_RESOURCE_ATTRIBUTES</c> and over what is detected.</summary>
    public IDictionary<string, string> ResourceAttributes { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// How context travels: <c>tracecontext</c>, <c>baggage</c>, <c>b3</c>, <c>b3multi</c>, <c>jaeger</c>, <c>none</c>; beside others <c>none</c> is ignored and told.
    /// <c>OTEL_PROPAGATORS</c>; default (empty): <c>tracecontext</c> and <c>baggage</c>.
    /// </summary>
    public IList<string> Propagators { get; } = [];

    /// <summary>How long the end of the process waits for what is queued. Default 5 s; 0 to 5 min.</summary>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Spans: what makes them, what they carry, where they go.</summary>
    public TracesOptions Traces { get; } = new();

    /// <summary>Metrics: what is measured, how it is shaped, where it goes.</summary>
    public MetricsOptions Metrics { get; } = new();

    /// <summary>Logs: JSON lines on stdout, and OTLP.</summary>
    public LogsOptions Logs { get; } = new();

    /// <summary>The OTLP exporter, for all signals and for each.</summary>
    public OtlpOptions Otlp { get; } = new();

    /// <summary>The Zipkin exporter.</summary>
    public ZipkinOptions Zipkin { get; } = new();

    /// <summary>The Prometheus endpoint on its own port.</summary>
    public PrometheusEndpointOptions Prometheus { get; } = new();

    /// <summary>How much one span may carry.</summary>
    public AttributeLimitOptions Limits { get; } = new();

    /// <summary>What was wrong in the configuration section; reported by the validator, all at once.</summary>
    internal List<string> SectionFaults { get; } = [];

    /// <summary>What was wrong in <c>OTEL_*</c> variables and was ignored, as the specification asks; reported as diagnostics.</summary>
    internal List<string> IgnoredVariables { get; } = [];
}
