namespace Observability;

/// <summary>Logs: JSON lines on stdout, and OTLP.</summary>
public sealed class LogsOptions
{
    /// <summary>Whether this product handles logs at all. Default <see langword="true"/>.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// Whether log lines are written as JSON to stdout, in place of the host's default console provider. Default <see langword="true"/>.
    /// Further settings of the lines: the section <c>Observability:Logs:JsonLines</c>.
    /// </summary>
    public bool Json { get; set; } = true;

    /// <summary>
    /// Keeps the values of a URL's query in log lines and log records: ASP.NET Core's messages about each request carry it as <c>QueryString</c>, and
    /// applications put tokens there. Default <see langword="false"/>: names stay, values are hidden.
    /// </summary>
    public bool KeepQueryValues { get; set; }

    /// <summary>
    /// Where logs go besides: <c>otlp</c>, <c>none</c>; <c>console</c> stands for the lines that <see cref="Json"/> governs.
    /// <c>OTEL_LOGS_EXPORTER</c>; default (empty): <c>otlp</c> when an OTLP endpoint is configured.
    /// </summary>
    public IList<string> Exporters { get; } = [];

    /// <summary>How log records wait for their export. <c>OTEL_BLRP_*</c>.</summary>
    public BatchOptions Batch { get; } = new() { ScheduledDelay = TimeSpan.FromSeconds(1) };
}
