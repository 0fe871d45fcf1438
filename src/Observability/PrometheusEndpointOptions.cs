namespace Observability;

/// <summary>The Prometheus endpoint on its own port.</summary>
public sealed class PrometheusEndpointOptions
{
    /// <summary>Whether the endpoint is opened when metrics go to <c>prometheus</c>. Default <see langword="true"/>.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// The address that is listened on: an IP address, <c>localhost</c>, or <c>*</c> for any. <c>OTEL_EXPORTER_PROMETHEUS_HOST</c>;
    /// default: loopback, but any address inside a container.
    /// </summary>
    public string? Host { get; set; }

    /// <summary>The TCP port. <c>OTEL_EXPORTER_PROMETHEUS_PORT</c>; default 9464; 0 (any free one) to 65535. A taken port is a diagnostic, not a crash.</summary>
    public int Port { get; set; } = 9464;

    /// <summary>The path that is scraped. Default <c>/metrics</c>.</summary>
    public string Path { get; set; } = "/metrics";

    /// <summary>
    /// Whether a web application that references <c>Observability.AspNetCore</c> answers scrapes on its own port too, where nothing of
    /// its own does. Default <see langword="true"/>; set it to <see langword="false"/> where that port faces strangers.
    /// </summary>
    public bool OnApplicationPort { get; set; } = true;
}
