using Microsoft.Extensions.Options;

namespace Observability.Configuration;

/// <summary>Reports everything that is wrong with the options, at once: what, where, remedy.</summary>
internal sealed class ObservabilityOptionsValidator : IValidateOptions<ObservabilityOptions>
{
    public ValidateOptionsResult Validate(string? name, ObservabilityOptions options)
    {
        var faults = new OptionFaults();
        faults.AddRange(options.SectionFaults);
        faults.Subset("Propagators", options.Propagators, Names.Propagators);
        faults.Within("ShutdownTimeout", options.ShutdownTimeout, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        Traces(faults, options.Traces);
        Metrics(faults, options.Metrics);
        faults.Subset("Logs:Exporters", options.Logs.Exporters, Names.LogExporters);
        Batch(faults, "Logs:Batch", options.Logs.Batch);
        Otlp(faults, options.Otlp);
        faults.HttpAddress("Zipkin:Endpoint", options.Zipkin.Endpoint);
        faults.Within("Zipkin:Timeout", options.Zipkin.Timeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1));
        Prometheus(faults, options.Prometheus);
        Limits(faults, options.Limits);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void Traces(OptionFaults faults, TracesOptions traces)
    {
        faults.Subset("Traces:Exporters", traces.Exporters, Names.TraceExporters);
        Batch(faults, "Traces:Batch", traces.Batch);
        foreach (var path in traces.IgnoredPaths)
            if (!path.StartsWith('/') && path != Names.None)
                faults.Add("Traces:IgnoredPaths", $"holds '{path}'", "start every path with '/', or write the single entry 'none'");
    }

    private static void Metrics(OptionFaults faults, MetricsOptions metrics)
    {
        faults.Subset("Metrics:Exporters", metrics.Exporters, Names.MetricExporters);
        faults.OneOf("Metrics:ExemplarFilter", metrics.ExemplarFilter, Names.ExemplarFilters);
        faults.OneOf("Metrics:Temporality", metrics.Temporality, Names.Temporalities);
        faults.OneOf("Metrics:HistogramAggregation", metrics.HistogramAggregation, Names.HistogramAggregations);
        faults.Within("Metrics:CardinalityLimit", metrics.CardinalityLimit, 1, 1_000_000);
        faults.Within("Metrics:ExportInterval", metrics.ExportInterval, TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(1));
        faults.Within("Metrics:ExportTimeout", metrics.ExportTimeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1));
        foreach (var label in metrics.ConstantLabels.Keys)
            if (label.Length == 0) faults.Add("Metrics:ConstantLabels", "has a label without a name", "give it one");
        for (var i = 0; i < metrics.Views.Count; i++) View(faults, $"Metrics:Views:{i}", metrics.Views[i]);
    }

    private static void View(OptionFaults faults, string path, MetricViewOptions view)
    {
        if (string.IsNullOrWhiteSpace(view.Instrument)) faults.Add(path + ":Instrument", "is empty", "name the instrument, '*' for all");
        if (view.KeepAttributes.Count > 0 && view.DropAttributes.Count > 0) faults.Add(path, "both keeps and drops attributes", "set KeepAttributes or DropAttributes, not both");
        for (var i = 1; i < view.Boundaries.Count; i++)
            if (!(view.Boundaries[i] > view.Boundaries[i - 1])) { faults.Add(path + ":Boundaries", "are not in ascending order", "sort them, each once"); break; }
        if (view.CardinalityLimit is { } limit) faults.Within(path + ":CardinalityLimit", limit, 1, 1_000_000);
    }

    private static void Batch(OptionFaults faults, string path, BatchOptions batch)
    {
        faults.Within(path + ":MaxQueueSize", batch.MaxQueueSize, 1, 1_000_000);
        faults.Within(path + ":MaxExportBatchSize", batch.MaxExportBatchSize, 1, Math.Max(1, batch.MaxQueueSize));
        faults.Within(path + ":ScheduledDelay", batch.ScheduledDelay, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1));
        faults.Within(path + ":ExportTimeout", batch.ExportTimeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1));
    }

    private static void Otlp(OptionFaults faults, OtlpOptions otlp)
    {
        Signal(faults, "Otlp", otlp.Endpoint, otlp.Protocol, otlp.Compression, otlp.Timeout, [otlp.Certificate, otlp.ClientCertificate, otlp.ClientKey], otlp.Headers);
        foreach (var (name, signal) in new[] { ("Traces", otlp.Traces), ("Metrics", otlp.Metrics), ("Logs", otlp.Logs) })
            Signal(faults, "Otlp:" + name, signal.Endpoint, signal.Protocol, signal.Compression, signal.Timeout, [signal.Certificate, signal.ClientCertificate, signal.ClientKey], signal.Headers);
    }

    private static void Signal(OptionFaults faults, string path, string? endpoint, string? protocol, string? compression, TimeSpan? timeout, string?[] files, string? headers)
    {
        if (endpoint is not null) faults.HttpAddress(path + ":Endpoint", endpoint);
        if (protocol is not null) faults.OneOf(path + ":Protocol", protocol, Names.OtlpProtocols);
        if (compression is not null) faults.OneOf(path + ":Compression", compression, Names.OtlpCompressions);
        if (timeout is { } limit) faults.Within(path + ":Timeout", limit, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1));
        foreach (var file in files)
            if (file is not null && !File.Exists(file)) faults.Add(path, $"names the file '{file}', which does not exist", "mount it or correct the path");
        if (files[1] is null != (files[2] is null)) faults.Add(path, "has only one of ClientCertificate and ClientKey", "set both, or neither");
        // The value may be a secret: say where it is wrong, never what it says.
        foreach (var header in (headers ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            if (header.IndexOf('=', StringComparison.Ordinal) <= 0) faults.Add(path + ":Headers", "has an entry without '='", "write name=value,name=value");
    }

    private static void Prometheus(OptionFaults faults, PrometheusEndpointOptions prometheus)
    {
        faults.Within("Prometheus:Port", prometheus.Port, 0, 65535);
        if (!prometheus.Path.StartsWith('/')) faults.Add("Prometheus:Path", $"is '{prometheus.Path}'", "start it with '/'");
        if (prometheus.Host is { } host && host is not ("*" or "localhost") && !System.Net.IPAddress.TryParse(host, out _))
            faults.Add("Prometheus:Host", $"is '{host}'", "set it to an IP address, 'localhost' or '*'");
    }

    private static void Limits(OptionFaults faults, AttributeLimitOptions limits)
    {
        if (limits.ValueLength is { } length) faults.Within("Limits:ValueLength", length, 0, int.MaxValue);
        faults.Within("Limits:SpanAttributes", limits.SpanAttributes, 0, int.MaxValue);
        faults.Within("Limits:SpanEvents", limits.SpanEvents, 0, int.MaxValue);
        faults.Within("Limits:SpanLinks", limits.SpanLinks, 0, int.MaxValue);
        faults.Within("Limits:EventAttributes", limits.EventAttributes, 0, int.MaxValue);
        faults.Within("Limits:LinkAttributes", limits.LinkAttributes, 0, int.MaxValue);
    }
}
