using Microsoft.Extensions.Configuration;
using Observability.Logging;
using Observability.Prometheus;

namespace Observability.Configuration;

/// <summary>The shape of the section <c>Observability</c>, so that an unknown name in it is found and named.</summary>
internal static class SettingsShape
{
    public const string JsonLines = "JsonLines";
    public const string Sampling = "Sampling";

    /// <summary>Read by the package Observability.Ebpf, where it is used.</summary>
    public const string Ebpf = "Ebpf";

    private static readonly Lazy<SettingNode> s_root = new(Describe);

    /// <summary>Described by reflection, and so only where there is such a section.</summary>
    public static SettingNode Root => s_root.Value;

    /// <summary>The shape of a part of the section.</summary>
    public static SettingNode At(string path) => path.Split(ConfigurationPath.KeyDelimiter).Aggregate(Root, static (node, name) => node.Settings![name]);

    private static SettingNode Describe() => SettingNode.Section<ObservabilityOptions>(
        (nameof(ObservabilityOptions.Traces), SettingNode.Section<TracesOptions>(
            (nameof(TracesOptions.Batch), SettingNode.Section<BatchOptions>()))),
        (nameof(ObservabilityOptions.Metrics), SettingNode.Section<MetricsOptions>(
            (nameof(MetricsOptions.Views), SettingNode.List(SettingNode.Section<MetricViewOptions>())))),
        (nameof(ObservabilityOptions.Logs), SettingNode.Section<LogsOptions>(
            (nameof(LogsOptions.Batch), SettingNode.Section<BatchOptions>()),
            (JsonLines, SettingNode.Section<JsonLinesOptions>(
                (nameof(JsonLinesOptions.File), SettingNode.Section<LineFileOptions>()),
                (nameof(JsonLinesOptions.Redaction), SettingNode.Section<RedactionOptions>(
                    (nameof(RedactionOptions.Patterns), SettingNode.ListWithCommas()))),
                (nameof(JsonLinesOptions.RateLimit), SettingNode.Section<RateLimitOptions>()),
                (nameof(JsonLinesOptions.TraceSampling), SettingNode.Section<TraceSamplingOptions>()))))),
        (Sampling, SettingNode.Foreign()),
        (Ebpf, SettingNode.Foreign()),
        (nameof(ObservabilityOptions.Otlp), SettingNode.Section<OtlpOptions>(
            (nameof(OtlpOptions.Traces), SettingNode.Section<OtlpSignalOptions>()),
            (nameof(OtlpOptions.Metrics), SettingNode.Section<OtlpSignalOptions>()),
            (nameof(OtlpOptions.Logs), SettingNode.Section<OtlpSignalOptions>()))),
        (nameof(ObservabilityOptions.Zipkin), SettingNode.Section<ZipkinOptions>()),
        (nameof(ObservabilityOptions.Prometheus), SettingNode.Section<PrometheusEndpointOptions>().And(SettingNode.Section<PrometheusOptions>(
            (nameof(PrometheusOptions.Keep), SettingNode.ListWithCommas()),
            (nameof(PrometheusOptions.Drop), SettingNode.ListWithCommas()),
            (nameof(PrometheusOptions.Listener), SettingNode.Section<PrometheusListenerOptions>())))),
        (nameof(ObservabilityOptions.Limits), SettingNode.Section<AttributeLimitOptions>()));
}
