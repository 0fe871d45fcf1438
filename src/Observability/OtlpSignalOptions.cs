namespace Observability;

/// <summary>The OTLP settings of one signal; what is not set here comes from <see cref="OtlpOptions"/>.</summary>
public sealed class OtlpSignalOptions
{
    /// <summary>The full address of this signal, used as it is. <c>OTEL_EXPORTER_OTLP_{SIGNAL}_ENDPOINT</c>.</summary>
    public string? Endpoint { get; set; }

    /// <summary><c>grpc</c> or <c>http/protobuf</c>. <c>OTEL_EXPORTER_OTLP_{SIGNAL}_PROTOCOL</c>.</summary>
    public string? Protocol { get; set; }

    /// <summary>Headers as <c>name=value,name=value</c>, values percent-encoded. <c>OTEL_EXPORTER_OTLP_{SIGNAL}_HEADERS</c>.</summary>
    public string? Headers { get; set; }

    /// <summary><c>none</c> or <c>gzip</c>. <c>OTEL_EXPORTER_OTLP_{SIGNAL}_COMPRESSION</c>.</summary>
    public string? Compression { get; set; }

    /// <summary>The longest one request may take; 1 ms to 1 h. <c>OTEL_EXPORTER_OTLP_{SIGNAL}_TIMEOUT</c> (milliseconds).</summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>A PEM file with the certificates that the collector is trusted by. <c>OTEL_EXPORTER_OTLP_{SIGNAL}_CERTIFICATE</c>.</summary>
    public string? Certificate { get; set; }

    /// <summary>A PEM file with the client's certificate. <c>OTEL_EXPORTER_OTLP_{SIGNAL}_CLIENT_CERTIFICATE</c>.</summary>
    public string? ClientCertificate { get; set; }

    /// <summary>A PEM file with the client's private key. <c>OTEL_EXPORTER_OTLP_{SIGNAL}_CLIENT_KEY</c>.</summary>
    public string? ClientKey { get; set; }
}
