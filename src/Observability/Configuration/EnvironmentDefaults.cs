namespace Observability.Configuration;

/// <summary>Puts the standard <c>OTEL_*</c> variables into the options; what is configured otherwise comes later and wins.</summary>
internal static class EnvironmentDefaults
{
    public static void Apply(ObservabilityOptions options, EnvironmentVariables environment)
    {
        if (environment.Boolean("OTEL_SDK_DISABLED") is { } disabled) options.Enabled = !disabled;
        options.ServiceName = environment.Text("OTEL_SERVICE_NAME") ?? options.ServiceName;
        Fill(options.Propagators, environment.ListOf("OTEL_PROPAGATORS", Names.Propagators));
        Traces(options.Traces, environment);
        Metrics(options.Metrics, environment);
        Logs(options.Logs, environment);
        Otlp(options.Otlp, environment);
        options.Zipkin.Endpoint = environment.Text("OTEL_EXPORTER_ZIPKIN_ENDPOINT", Forms.HttpAddress) ?? options.Zipkin.Endpoint;
        options.Zipkin.Timeout = environment.Timeout("OTEL_EXPORTER_ZIPKIN_TIMEOUT") ?? options.Zipkin.Timeout;
        options.Prometheus.Host = environment.Text("OTEL_EXPORTER_PROMETHEUS_HOST", Forms.ListenHost) ?? options.Prometheus.Host;
        options.Prometheus.Port = environment.Integer("OTEL_EXPORTER_PROMETHEUS_PORT", Ranges.Port) ?? options.Prometheus.Port;
        Limits(options.Limits, environment);
    }

    private static void Traces(TracesOptions traces, EnvironmentVariables environment)
    {
        Fill(traces.Exporters, environment.ListOf("OTEL_TRACES_EXPORTER", Names.TraceExporters));
        Batch(traces.Batch, environment, "OTEL_BSP_");
    }

    private static void Metrics(MetricsOptions metrics, EnvironmentVariables environment)
    {
        Fill(metrics.Exporters, environment.ListOf("OTEL_METRICS_EXPORTER", Names.MetricExporters));
        metrics.ExemplarFilter = environment.OneOf("OTEL_METRICS_EXEMPLAR_FILTER", Names.ExemplarFilters) ?? metrics.ExemplarFilter;
        metrics.ExportInterval = environment.Milliseconds("OTEL_METRIC_EXPORT_INTERVAL", Ranges.Interval) ?? metrics.ExportInterval;
        metrics.ExportTimeout = environment.Timeout("OTEL_METRIC_EXPORT_TIMEOUT") ?? metrics.ExportTimeout;
        metrics.Temporality = environment.OneOf("OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE", Names.Temporalities) ?? metrics.Temporality;
        metrics.HistogramAggregation = environment.OneOf("OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION", Names.HistogramAggregations) ?? metrics.HistogramAggregation;
    }

    private static void Logs(LogsOptions logs, EnvironmentVariables environment)
    {
        Fill(logs.Exporters, environment.ListOf("OTEL_LOGS_EXPORTER", Names.LogExporters));
        Batch(logs.Batch, environment, "OTEL_BLRP_");
    }

    private static void Batch(BatchOptions batch, EnvironmentVariables environment, string prefix)
    {
        batch.MaxQueueSize = environment.Integer(prefix + "MAX_QUEUE_SIZE", Ranges.Items) ?? batch.MaxQueueSize;
        batch.MaxExportBatchSize = environment.Integer(prefix + "MAX_EXPORT_BATCH_SIZE", Ranges.Items) ?? batch.MaxExportBatchSize;
        batch.ScheduledDelay = environment.Delay(prefix + "SCHEDULE_DELAY") ?? batch.ScheduledDelay;
        batch.ExportTimeout = environment.Timeout(prefix + "EXPORT_TIMEOUT") ?? batch.ExportTimeout;
    }

    private static void Otlp(OtlpOptions otlp, EnvironmentVariables environment)
    {
        const string Prefix = "OTEL_EXPORTER_OTLP_";
        otlp.Endpoint = environment.Text(Prefix + "ENDPOINT", Forms.HttpAddress) ?? otlp.Endpoint;
        otlp.Protocol = environment.OneOf(Prefix + "PROTOCOL", Names.OtlpProtocols) ?? otlp.Protocol;
        otlp.Headers = environment.Headers(Prefix + "HEADERS") ?? otlp.Headers;
        otlp.Compression = environment.OneOf(Prefix + "COMPRESSION", Names.OtlpCompressions) ?? otlp.Compression;
        otlp.Timeout = environment.Timeout(Prefix + "TIMEOUT") ?? otlp.Timeout;
        otlp.Certificate = environment.Text(Prefix + "CERTIFICATE", PemFiles.Certificates) ?? otlp.Certificate;
        otlp.ClientCertificate = environment.Text(Prefix + "CLIENT_CERTIFICATE", PemFiles.Certificates) ?? otlp.ClientCertificate;
        otlp.ClientKey = environment.Text(Prefix + "CLIENT_KEY", PemFiles.Key) ?? otlp.ClientKey;
        Signal(otlp.Traces, environment, Prefix + "TRACES_");
        Signal(otlp.Metrics, environment, Prefix + "METRICS_");
        Signal(otlp.Logs, environment, Prefix + "LOGS_");
    }

    private static void Signal(OtlpSignalOptions signal, EnvironmentVariables environment, string prefix)
    {
        signal.Endpoint = environment.Text(prefix + "ENDPOINT", Forms.HttpAddress) ?? signal.Endpoint;
        signal.Protocol = environment.OneOf(prefix + "PROTOCOL", Names.OtlpProtocols) ?? signal.Protocol;
        signal.Headers = environment.Headers(prefix + "HEADERS") ?? signal.Headers;
        signal.Compression = environment.OneOf(prefix + "COMPRESSION", Names.OtlpCompressions) ?? signal.Compression;
        signal.Timeout = environment.Timeout(prefix + "TIMEOUT") ?? signal.Timeout;
        signal.Certificate = environment.Text(prefix + "CERTIFICATE", PemFiles.Certificates) ?? signal.Certificate;
        signal.ClientCertificate = environment.Text(prefix + "CLIENT_CERTIFICATE", PemFiles.Certificates) ?? signal.ClientCertificate;
        signal.ClientKey = environment.Text(prefix + "CLIENT_KEY", PemFiles.Key) ?? signal.ClientKey;
    }

    private static void Limits(AttributeLimitOptions limits, EnvironmentVariables environment)
    {
        limits.ValueLength = environment.Integer("OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", Ranges.Count) ?? environment.Integer("OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", Ranges.Count) ?? limits.ValueLength;
        var general = environment.Integer("OTEL_ATTRIBUTE_COUNT_LIMIT", Ranges.Count);
        limits.SpanAttributes = environment.Integer("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", Ranges.Count) ?? general ?? limits.SpanAttributes;
        limits.SpanEvents = environment.Integer("OTEL_SPAN_EVENT_COUNT_LIMIT", Ranges.Count) ?? limits.SpanEvents;
        limits.SpanLinks = environment.Integer("OTEL_SPAN_LINK_COUNT_LIMIT", Ranges.Count) ?? limits.SpanLinks;
        limits.EventAttributes = environment.Integer("OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT", Ranges.Count) ?? limits.EventAttributes;
        limits.LinkAttributes = environment.Integer("OTEL_LINK_ATTRIBUTE_COUNT_LIMIT", Ranges.Count) ?? limits.LinkAttributes;
    }

    /// <summary>A list that names nothing known leaves the default.</summary>
    private static void Fill(IList<string> list, IReadOnlyList<string> values)
    {
        foreach (var value in values) list.Add(value);
    }
}
