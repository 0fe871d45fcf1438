namespace Observability.Prometheus;

/// <summary>How OpenTelemetry names become Prometheus names (OpenTelemetry specification, Prometheus exporter, <c>translation_strategy</c>).</summary>
public enum PrometheusTranslationStrategy
{
    /// <summary><c>foo.bar</c> in bytes becomes <c>foo_bar_bytes_total</c>: classic names with unit and type. The default.</summary>
    UnderscoreEscapingWithSuffixes = 0,

    /// <summary><c>foo.bar</c> becomes <c>foo_bar</c>: classic characters, no suffixes.</summary>
    UnderscoreEscapingWithoutSuffixes,

    /// <summary><c>foo.bar</c> in bytes becomes <c>foo.bar_bytes_total</c> for servers that accept UTF-8 names.</summary>
    NoUTF8EscapingWithSuffixes,

    /// <summary><c>foo.bar</c> stays <c>foo.bar</c> for servers that accept UTF-8 names.</summary>
    NoTranslation,
}
