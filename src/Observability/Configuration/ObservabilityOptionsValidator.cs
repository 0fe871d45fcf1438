using System.Globalization;
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
        faults.Within("ShutdownTimeout", options.ShutdownTimeout, Ranges.Shutdown);
        Traces(faults, options.Traces);
        Metrics(faults, options.Metrics);
        faults.Subset("Logs:Exporters", options.Logs.Exporters, Names.LogExporters);
        Batch(faults, "Logs:Batch", options.Logs.Batch);
        Otlp(faults, options.Otlp);
        faults.Text("Zipkin:Endpoint", options.Zipkin.Endpoint, Forms.HttpAddress);
        faults.Within("Zipkin:Timeout", options.Zipkin.Timeout, Ranges.Wait);
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
        faults.Within("Metrics:CardinalityLimit", metrics.CardinalityLimit, Ranges.Items);
        faults.Within("Metrics:ExportInterval", metrics.ExportInterval, Ranges.Interval);
        faults.Within("Metrics:ExportTimeout", metrics.ExportTimeout, Ranges.Wait);
        foreach (var label in metrics.ConstantLabels.Keys)
            if (label.Length == 0) faults.Add("Metrics:ConstantLabels", "has a label without a name", "give it one");
        for (var i = 0; i < metrics.Views.Count; i++) View(faults, $"Metrics:Views:{i}", metrics.Views[i]);
    }

    private static void View(OptionFaults faults, string path, MetricViewOptions view)
    {
        if (string.IsNullOrWhiteSpace(view.Instrument)) faults.Add(path + ":Instrument", "is empty", "name the instrument, '*' for all");
        else if (view.Name is not null && view.Instrument.AsSpan().ContainsAny('*', '?')) faults.Add(path + ":Name", $"would be that of every instrument that matches '{view.Instrument}'", "name one instrument, or remove the name");
        // The SDK leaves out an instrument whose new name is none.
        if (view.Name is not null) faults.Text(path + ":Name", view.Name, Forms.InstrumentName);
        if (view.KeepAttributes.Count > 0 && view.DropAttributes.Count > 0) faults.Add(path, "both keeps and drops attributes", "set KeepAttributes or DropAttributes, not both");
        for (var i = 1; i < view.Boundaries.Count; i++)
            if (!(view.Boundaries[i] > view.Boundaries[i - 1])) { faults.Add(path + ":Boundaries", "are not in ascending order", "sort them, each once"); break; }
        if (view.CardinalityLimit is { } limit) faults.Within(path + ":CardinalityLimit", limit, Ranges.Items);
    }

    private static void Batch(OptionFaults faults, string path, BatchOptions batch)
    {
        faults.Within(path + ":MaxQueueSize", batch.MaxQueueSize, Ranges.Items);
        faults.Within(path + ":MaxExportBatchSize", batch.MaxExportBatchSize, new Bounds<int>(1, Math.Max(1, batch.MaxQueueSize)));
        faults.Within(path + ":ScheduledDelay", batch.ScheduledDelay, Ranges.Wait);
        faults.Within(path + ":ExportTimeout", batch.ExportTimeout, Ranges.Wait);
    }

    private static void Otlp(OptionFaults faults, OtlpOptions otlp)
    {
        Signal(faults, "Otlp", otlp.Endpoint, otlp.Protocol, otlp.Compression, otlp.Timeout, otlp.Headers);
        Files(faults, "Otlp", otlp.Certificate, otlp.ClientCertificate, otlp.ClientKey);
        foreach (var (name, signal) in new[] { ("Otlp:Traces", otlp.Traces), ("Otlp:Metrics", otlp.Metrics), ("Otlp:Logs", otlp.Logs) })
        {
            Signal(faults, name, signal.Endpoint, signal.Protocol, signal.Compression, signal.Timeout, signal.Headers);
            Files(faults, name, signal.Certificate, signal.ClientCertificate, signal.ClientKey);
        }
    }

    private static void Signal(OptionFaults faults, string path, string? endpoint, string? protocol, string? compression, TimeSpan? timeout, string? headers)
    {
        if (endpoint is not null) faults.Text(path + ":Endpoint", endpoint, Forms.HttpAddress);
        if (protocol is not null) faults.OneOf(path + ":Protocol", protocol, Names.OtlpProtocols);
        if (compression is not null) faults.OneOf(path + ":Compression", compression, Names.OtlpCompressions);
        if (timeout is { } limit) faults.Within(path + ":Timeout", limit, Ranges.Wait);
        var entries = OtlpHeaders.Entries(headers);
        for (var i = 0; i < entries.Length; i++)
            if (OtlpHeaders.Fault(entries[i]) is { } fault) faults.Add(path + ":Headers", string.Create(CultureInfo.InvariantCulture, $"{fault} in entry {i + 1}"), OtlpHeaders.Form);
    }

    private static void Files(OptionFaults faults, string path, string? certificate, string? clientCertificate, string? clientKey)
    {
        if (certificate is not null) faults.Text(path + ":Certificate", certificate, PemFiles.Certificates);
        if (clientCertificate is not null) faults.Text(path + ":ClientCertificate", clientCertificate, PemFiles.Certificates);
        if (clientKey is not null) faults.Text(path + ":ClientKey", clientKey, PemFiles.Key);
        if (clientCertificate is null != clientKey is null) faults.Add(path, "has only one of ClientCertificate and ClientKey", "set both, or neither");
        if (clientCertificate is not null && clientKey is not null && PemFiles.AreApart(clientCertificate, clientKey)) faults.Add(path, "has a ClientKey that is not the key of its ClientCertificate", "set both to files that belong together");
    }

    private static void Prometheus(OptionFaults faults, PrometheusEndpointOptions prometheus)
    {
        faults.Within("Prometheus:Port", prometheus.Port, Ranges.Port);
        faults.Text("Prometheus:Path", prometheus.Path, Forms.RequestPath);
        if (prometheus.Host is { } host) faults.Text("Prometheus:Host", host, Forms.ListenHost);
    }

    private static void Limits(OptionFaults faults, AttributeLimitOptions limits)
    {
        if (limits.ValueLength is { } length) faults.Within("Limits:ValueLength", length, Ranges.Count);
        faults.Within("Limits:SpanAttributes", limits.SpanAttributes, Ranges.Count);
        faults.Within("Limits:SpanEvents", limits.SpanEvents, Ranges.Count);
        faults.Within("Limits:SpanLinks", limits.SpanLinks, Ranges.Count);
        faults.Within("Limits:EventAttributes", limits.EventAttributes, Ranges.Count);
        faults.Within("Limits:LinkAttributes", limits.LinkAttributes, Ranges.Count);
    }
}
