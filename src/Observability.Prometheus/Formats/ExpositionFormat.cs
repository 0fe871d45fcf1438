namespace Observability.Prometheus.Formats;

/// <summary>The formats that a scrape may ask for.</summary>
internal enum ExpositionFormat : byte
{
    /// <summary>https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format</summary>
    Text004,

    /// <summary>The same with UTF-8 names in quotes.</summary>
    Text100,

    /// <summary>What servers before OpenMetrics was a standard call it.</summary>
    OpenMetrics001,

    /// <summary>https://prometheus.io/docs/specs/om/open_metrics_spec/</summary>
    OpenMetrics100,

    /// <summary>https://prometheus.io/docs/specs/om/open_metrics_spec_2_0/, version 2.0.0-rc0.</summary>
    OpenMetrics200,

    /// <summary>Delimited <c>io.prometheus.client.MetricFamily</c> messages.</summary>
    Protobuf,
}
