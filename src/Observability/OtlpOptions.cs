namespace Observability;

/// <summary>The OTLP exporter, for all signals and for each. A signal's own value wins over the one for all.</summary>
public sealed class OtlpOptions
{
    /// <summary>The collector's base address. <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>; default: none, and then nothing is sent.</summary>
    public string? Endpoint { get; set; }

    /// <summary><c>grpc</c> or <c>http/protobuf</c>. <c>OTEL_EXPORTER_OTLP_PROTOCOL</c>; default <c>grpc</c>.</summary>
    public string? Protocol { get; set; }

    /// <summary>Headers as <c>name=value,name=value</c>, values percent-encoded. <c>OTEL_EXPORTER_OTLP_HEADERS</c>; default: none.</summary>
    public string? Headers { get; set; }

    /// <summary><c>none</c> or <c>gzip</c>. <c>OTEL_EXPORTER_OTLP_COMPRESSION</c>; default <c>none</c>.</summary>
    public string? Compression { get; set; }

    /// <summary>The longest one request may take. <c>OTEL_EXPORTER_OTLP_TIMEOUT</c> (milliseconds); default 10 s; 1 ms to 1 h.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>A PEM file with the certificates that the collector is trusted by. <c>OTEL_EXPORTER_OTLP_CERTIFICATE</c>; default: the system's.</summary>
    public string? Certificate { get; set; }

    /// <summary>A PEM file with the client's certificate, for mutual TLS. <c>OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE</c>; default: none.</summary>
    public string? ClientCertificate { get; set; }

    /// <summary>A PEM file with the client's private key. <c>OTEL_EXPORTER_OTLP_CLIENT_KEY</c>; default: none.</summary>
    public string? ClientKey { get; set; }

    /// <summary>Spans only: <c>OTEL_EXPORTER_OTLP_TRACES_*</c>.</summary>
    public OtlpSignalOptions Traces { get; } = new();

    /// <summary>Metrics only: <c>OTEL_EXPORTER_OTLP_METRICS_*</c>.</summary>
    public OtlpSignalOptions Metrics { get; } = new();

    /// <summary>Logs only: <c>OTEL_EXPORTER_OTLP_LOGS_*</c>.</summary>
    public OtlpSignalOptions Logs { get; } = new();
}
