namespace Observability.Tests.Configuration;

/// <summary>https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/: what cannot be used is warned about and counts as unset.</summary>
public class VariableTests
{
    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "localhost:6800")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "not a url")]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "collector")]
    [InlineData("OTEL_EXPORTER_OTLP_CERTIFICATE", "/nope.pem")]
    [InlineData("OTEL_EXPORTER_OTLP_LOGS_CLIENT_KEY", "/nope.pem")]
    [InlineData("OTEL_EXPORTER_OTLP_TIMEOUT", "99999999")]
    [InlineData("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "4096")]
    [InlineData("OTEL_BSP_MAX_QUEUE_SIZE", "2000000")]
    [InlineData("OTEL_BLRP_SCHEDULE_DELAY", "99999999")]
    [InlineData("OTEL_BLRP_EXPORT_TIMEOUT", "-1")]
    [InlineData("OTEL_METRIC_EXPORT_INTERVAL", "1")]
    [InlineData("OTEL_METRIC_EXPORT_INTERVAL", "0")]
    [InlineData("OTEL_EXPORTER_PROMETHEUS_PORT", "99999")]
    [InlineData("OTEL_EXPORTER_PROMETHEUS_HOST", "my.host")]
    [InlineData("OTEL_EXPORTER_ZIPKIN_ENDPOINT", "zzz")]
    [InlineData("OTEL_EXPORTER_ZIPKIN_TIMEOUT", "99999999")]
    [InlineData("OTEL_TRACES_EXPORTER", "carrier-pigeon")]
    [InlineData("OTEL_METRICS_EXPORTER", "carrier-pigeon")]
    [InlineData("OTEL_LOGS_EXPORTER", "carrier-pigeon")]
    [InlineData("OTEL_PROPAGATORS", "xray")]
    public void A_value_that_cannot_be_used_counts_as_unset_and_is_told_with_the_variables_name(string name, string value)
    {
        var options = Configured.By((name, value));
        var fault = Assert.Single(options.IgnoredVariables);
        Assert.Contains(name, fault, StringComparison.Ordinal);
        Assert.Contains($"'{value}'", fault, StringComparison.Ordinal);
        Assert.Equivalent(Settings(new ObservabilityOptions()), Settings(options), strict: true);
    }

    [Fact]
    public void Every_fault_of_the_section_is_told_and_none_of_a_variable()
    {
        var faults = Configured.Faults(("OTEL_EXPORTER_OTLP_ENDPOINT", "localhost:6800"), ("OTEL_BSP_MAX_QUEUE_SIZE", "2000000"), ("Observability:Prometheus:Port", "99999"), ("Observability:Prometheus:Host", "my.host"), ("Observability:Prometheus:Path", "metrics"));
        Assert.Equal(3, faults.Count);
        Assert.All(["Observability:Prometheus:Port", "Observability:Prometheus:Host", "Observability:Prometheus:Path"], setting => Assert.Contains(faults, fault => fault.StartsWith(setting + " ", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_header_without_a_value_is_left_out_and_never_quoted()
    {
        var options = Configured.By(("OTEL_EXPORTER_OTLP_HEADERS", "api-key=s3cr3t,x=1,t0k3n"), ("OTEL_EXPORTER_OTLP_TRACES_HEADERS", "t0k3n"));
        Assert.Equal(("api-key=s3cr3t,x=1", null), (options.Otlp.Headers, options.Otlp.Traces.Headers));
        Assert.Equal(2, options.IgnoredVariables.Count);
        Assert.DoesNotContain(options.IgnoredVariables, fault => fault.Contains("s3cr3t", StringComparison.Ordinal) || fault.Contains("t0k3n", StringComparison.Ordinal));
    }

    [Fact]
    public void A_list_keeps_what_is_known_in_it()
    {
        var options = Configured.By(("OTEL_TRACES_EXPORTER", "console,garbage"), ("OTEL_PROPAGATORS", "xray,b3"));
        Assert.Equal(["console"], options.Traces.Exporters);
        Assert.Equal(["b3"], options.Propagators);
        Assert.Equal(2, options.IgnoredVariables.Count);
    }

    [Theory]
    [InlineData("4096", null, "512", null, 512, 512, 1)]
    [InlineData("4096", null, "8192", null, 8192, 4096, 0)]
    [InlineData("4096", null, "100", null, 100, 100, 1)]
    [InlineData(null, "100", null, null, 100, 100, 0)]
    [InlineData(null, "100", null, "200", 2048, 200, 1)]
    [InlineData("300", "100", null, null, 100, 100, 1)]
    [InlineData("300", "100", "1000", null, 1000, 300, 0)]
    public void A_variable_gives_way_to_the_section_that_it_cannot_stand_beside(string? size, string? queue, string? queueInSection, string? sizeInSection, int expectedQueue, int expectedSize, int told)
    {
        var options = Configured.By(("OTEL_BLRP_MAX_EXPORT_BATCH_SIZE", size), ("OTEL_BLRP_MAX_QUEUE_SIZE", queue), ("Observability:Logs:Batch:MaxQueueSize", queueInSection), ("Observability:Logs:Batch:MaxExportBatchSize", sizeInSection));
        Assert.Equal((expectedQueue, expectedSize, told), (options.Logs.Batch.MaxQueueSize, options.Logs.Batch.MaxExportBatchSize, options.IgnoredVariables.Count));
    }

    [Fact]
    public void A_size_of_the_section_that_does_not_fit_its_queue_stays_a_fault()
    {
        Assert.Contains("Traces:Batch:MaxExportBatchSize is 512", Assert.Single(Configured.Faults(("Observability:Traces:Batch:MaxQueueSize", "100"), ("Observability:Traces:Batch:MaxExportBatchSize", "512"))), StringComparison.Ordinal);
        Assert.Contains("Traces:Batch:MaxExportBatchSize is 4096", Assert.Single(Configured.Faults(("OTEL_BSP_MAX_QUEUE_SIZE", "100"), ("Observability:Traces:Batch:MaxExportBatchSize", "4096"))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CLIENT_CERTIFICATE", "")]
    [InlineData("CLIENT_KEY", "")]
    [InlineData("CLIENT_KEY", "METRICS_")]
    public void Half_of_a_client_certificate_is_ignored(string half, string signal)
    {
        using var pair = new PemPair();
        var options = Configured.By(("OTEL_EXPORTER_OTLP_" + signal + half, half == "CLIENT_KEY" ? pair.Key : pair.Certificate));
        Assert.Contains("OTEL_EXPORTER_OTLP_" + signal + half, Assert.Single(options.IgnoredVariables), StringComparison.Ordinal);
        Assert.Contains("a file beside that of", options.IgnoredVariables[0], StringComparison.Ordinal);
        Assert.Equivalent(new OtlpOptions(), options.Otlp, strict: true);
    }

    [Fact]
    public void A_certificate_of_a_variable_and_a_key_of_the_section_make_a_pair()
    {
        using var pair = new PemPair();
        var options = Configured.By(("OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", pair.Certificate), ("Observability:Otlp:ClientKey", pair.Key));
        Assert.Equal((pair.Certificate, pair.Key, 0), (options.Otlp.ClientCertificate, options.Otlp.ClientKey, options.IgnoredVariables.Count));
    }

    [Fact]
    public void Zero_is_no_limit_for_a_timeout_and_no_delay_for_a_delay()
    {
        var options = Configured.By(("OTEL_BSP_EXPORT_TIMEOUT", "0"), ("OTEL_EXPORTER_OTLP_TIMEOUT", "0"), ("OTEL_EXPORTER_OTLP_LOGS_TIMEOUT", "0"), ("OTEL_EXPORTER_ZIPKIN_TIMEOUT", "0"), ("OTEL_METRIC_EXPORT_TIMEOUT", "0"), ("OTEL_BSP_SCHEDULE_DELAY", "0"));
        Assert.Empty(options.IgnoredVariables);
        var longest = TimeSpan.FromHours(1);
        Assert.Equal((longest, longest, longest), (options.Traces.Batch.ExportTimeout, options.Otlp.Timeout, options.Otlp.Logs.Timeout));
        Assert.Equal((longest, longest), (options.Zipkin.Timeout, options.Metrics.ExportTimeout));
        Assert.Equal(TimeSpan.FromMilliseconds(1), options.Traces.Batch.ScheduledDelay);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "ftp://user:s3cr3t@collector")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "user:s3cr3t@collector:4317")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "collector?api-key=s3cr3t")]
    [InlineData("OTEL_EXPORTER_OTLP_CLIENT_KEY", "-----BEGIN PRIVATE KEY-----s3cr3t")]
    [InlineData("OTEL_EXPORTER_ZIPKIN_ENDPOINT", "ftp://user:p@s3cr3t@collector")]
    public void A_warning_never_shows_a_secret(string name, string value) =>
        Assert.DoesNotContain("s3cr3t", Assert.Single(Configured.By((name, value)).IgnoredVariables), StringComparison.Ordinal);

    /// <summary>What of the options is a setting.</summary>
    private static object Settings(ObservabilityOptions options) => new { options.Traces, options.Metrics, options.Logs, options.Otlp, options.Zipkin, options.Prometheus, options.Propagators };
}
