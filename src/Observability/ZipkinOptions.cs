namespace Observability;

/// <summary>The Zipkin exporter (v2 JSON).</summary>
public sealed class ZipkinOptions
{
    /// <summary>Where spans are posted. <c>OTEL_EXPORTER_ZIPKIN_ENDPOINT</c>; default <c>http://localhost:9411/api/v2/spans</c>.</summary>
    public string Endpoint { get; set; } = "http://localhost:9411/api/v2/spans";

    /// <summary>The longest one request may take. <c>OTEL_EXPORTER_ZIPKIN_TIMEOUT</c> (milliseconds); default 10 s; 1 ms to 1 h.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}
