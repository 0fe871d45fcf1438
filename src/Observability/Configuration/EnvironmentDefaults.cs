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
        options.Zipkin.Endpoint = environment.Text("OTEL_EXPORTER_ZIPKIN_ENDPOINT") ?? options.Zipkin.Endpoint;
        options.Zipkin.Timeout = environment.Milliseconds("OTEL_EXPORTER_ZIPKIN_TIMEOUT") ?? options.Zipkin.Timeout;
        options.Prometheus.Host = environment.Text("OTEL_EXPORTER_PROMETHEUS_HOST") ?? options.Prometheus.Host;
        options.Prometheus.Port = environment.Integer("OTEL_EXPORTER_PROMETHEUS_PORT", 0) ?? options.Prometheus.Port;
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
        metrics.ExportInterval = environment.Milliseconds("OTEL_METRIC_EXPORT_INTERVAL") ?? metrics.ExportInterval;
        metrics.ExportTimeout = environment.Milliseconds("OTEL_METRIC_EXPORT_TIMEOUT") ?? metrics.ExportTimeout;
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
        batch.MaxQueueSize = environment.Integer(prefix + "MAX_QUEUE_SIZE", 1) ?? batch.MaxQueueSize;
        batch.MaxExportBatchSize = environment.Integer(prefix + "MAX_EXPORT_BATCH_SIZE", 1) ?? Math.Min(batch.MaxExportBatchSize, batch.MaxQueueSize);
        batch.ScheduledDelay = environment.Milliseconds(prefix + "SCHEDULE_DELAY") ?? batch.ScheduledDelay;
        batch.ExportTimeout = environment.Milliseconds(prefix + "EXPORT_TIMEOUT") ?? batch.ExportTimeout;
    }

    private static void Otlp(OtlpOptions otlp, EnvironmentVariables environment)
    {
        const string Prefix = "OTEL_EXPORTER_OTLP_";
        otlp.Endpoint = environment.Text(Prefix + "ENDPOINT") ?? otlp.Endpoint;
        otlp.Protocol = environment.OneOf(Prefix + "PROTOCOL", Names.OtlpProtocols) ?? otlp.Protocol;
        otlp.Headers = environment.Text(Prefix + "HEADERS") ?? otlp.Headers;
        otlp.Compression = environment.OneOf(Prefix + "COMPRESSION", Names.OtlpCompressions) ?? otlp.Compression;
        otlp.Timeout = environment.Milliseconds(Prefix + "TIMEOUT") ?? otlp.Timeout;
        otlp.Certificate = environment.Text(Prefix + "CERTIFICATE") ?? otlp.Certificate;
        otlp.ClientCertificate = environment.Text(Prefix + "CLIENT_CERTIFICATE") ?? otlp.ClientCertificate;
        otlp.ClientKey = environment.Text(Prefix + "CLIENT_KEY") ?? otlp.ClientKey;
        Signal(otlp.Traces, environment, Prefix + "TRACES_");
        Signal(otlp.Metrics, environment, Prefix + "METRICS_");
        Signal(otlp.Logs, environment, Prefix + "LOGS_");
    }

    private static void Signal(OtlpSignalOptions signal, EnvironmentVariables environment, string prefix)
    {
        signal.Endpoint = environment.Text(prefix + "ENDPOINT") ?? signal.Endpoint;
        signal.Protocol = environment.OneOf(prefix + "PROTOCOL", Names.OtlpProtocols) ?? signal.Protocol;
        signal.Headers = environment.Text(prefix + "HEADERS") ?? signal.Headers;
        signal.Compression = environment.OneOf(prefix + "COMPRESSION", Names.OtlpCompressions) ?? signal.Compression;
        signal.Timeout = environment.Milliseconds(prefix + "TIMEOUT") ?? signal.Timeout;
        signal.Certificate = environment.Text(prefix + "CERTIFICATE") ?? signal.Certificate;
        signal.ClientCertificate = environment.Text(prefix + "CLIENT_CERTIFICATE") ?? signal.ClientCertificate;
        signal.ClientKey = environment.Text(prefix + "CLIENT_KEY") ?? signal.ClientKey;
    }

    private static void Limits(AttributeLimitOptions limits, EnvironmentVariables environment)
    {
        limits.ValueLength = environment.Integer("OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", 0) ?? environment.Integer("OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", 0) ?? limits.ValueLength;
        var general = environment.Integer("OTEL_ATTRIBUTE_COUNT_LIMIT", 0);
        limits.SpanAttributes = environment.Integer("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", 0) ?? general ?? limits.SpanAttributes;
        limits.SpanEvents = environment.Integer("OTEL_SPAN_EVENT_COUNT_LIMIT", 0) ?? limits.SpanEvents;
        limits.SpanLinks = environment.Integer("OTEL_SPAN_LINK_COUNT_LIMIT", 0) ?? limits.SpanLinks;
        limits.EventAttributes = environment.Integer("OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT", 0) ?? limits.EventAttributes;
        limits.LinkAttributes = environment.Integer("OTEL_LINK_ATTRIBUTE_COUNT_LIMIT", 0) ?? limits.LinkAttributes;
    }

    private static void Fill(IList<string> list, IReadOnlyList<string>? values)
    {
        if (values is null) return;
        list.Clear();
        // A list that names nothing known still is a choice: nothing, rather than the default.
        foreach (var value in values.Count == 0 ? ["none"] : values) list.Add(value);
    }
}
