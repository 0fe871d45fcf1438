namespace Observability.Configuration;

/// <summary>The values that settings of the OpenTelemetry specification may take.</summary>
internal static class Names
{
    public const string None = "none";
    public const string Otlp = "otlp";
    public const string Zipkin = "zipkin";
    public const string Console = "console";
    public const string Prometheus = "prometheus";
    public const string Grpc = "grpc";
    public const string HttpProtobuf = "http/protobuf";
    public const string Gzip = "gzip";
    public const string Delta = "delta";
    public const string LowMemory = "lowmemory";
    public const string ExponentialHistogram = "base2_exponential_bucket_histogram";

    public static readonly string[] TraceExporters = [Otlp, Zipkin, Console, None];
    public static readonly string[] MetricExporters = [Otlp, Prometheus, Console, None];
    public static readonly string[] LogExporters = [Otlp, Console, None];
    public static readonly string[] Propagators = ["tracecontext", "baggage", "b3", "b3multi", "jaeger", None];
    public static readonly string[] OtlpProtocols = [Grpc, HttpProtobuf];
    public static readonly string[] OtlpCompressions = [None, Gzip];
    public static readonly string[] ExemplarFilters = ["trace_based", "always_on", "always_off"];
    public static readonly string[] Temporalities = ["cumulative", Delta, LowMemory];
    public static readonly string[] HistogramAggregations = ["explicit_bucket_histogram", ExponentialHistogram];
}
