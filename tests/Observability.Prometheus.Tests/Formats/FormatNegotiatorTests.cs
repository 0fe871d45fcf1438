using Observability.Prometheus.Formats;
using Observability.Prometheus.Naming;

namespace Observability.Prometheus.Tests.Formats;

public class FormatNegotiatorTests
{
    [Theory]
    [InlineData("application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1", "OpenMetrics100")]
    [InlineData("application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2", "OpenMetrics100")]
    [InlineData("application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited,application/openmetrics-text;version=1.0.0;q=0.8,text/plain;version=0.0.4;q=0.5,*/*;q=0.1", "Protobuf")]
    [InlineData("application/vnd.google.protobuf;proto=other;encoding=delimited,text/plain;version=0.0.4;q=0.1", "Text004")]
    [InlineData("text/plain;version=1.0.0;escaping=underscores", "Text100")]
    [InlineData("application/openmetrics-text", "OpenMetrics100")]
    [InlineData("application/openmetrics-text; version=\"0.0.1\"", "OpenMetrics001")]
    [InlineData("application/openmetrics-text;version=9.9.9,text/plain;q=0.1", "Text004")]
    [InlineData("application/openmetrics-text;q=0,text/plain;q=0.1", "Text004")]
    [InlineData("text/plain;q=0.5,application/openmetrics-text;q=0.5", "Text004")]
    [InlineData("text/html,application/xhtml+xml;q=0.9,*/*;q=0.8", "Text004")]
    [InlineData("application/json", "Text004")]
    [InlineData("", "Text004")]
    [InlineData(";;;,,q=,\"", "Text004")]
    public void The_best_format_that_is_known_wins(string accept, string format) =>
        Assert.Equal(format, new FormatNegotiator(new PrometheusOptions()).Negotiate(accept, "").Exposition.ToString());

    [Theory]
    [InlineData("gzip", true)]
    [InlineData("deflate, gzip;q=0.8", true)]
    [InlineData("*", true)]
    [InlineData("gzip;q=0", false)]
    [InlineData("*, gzip;q=0", false)]
    [InlineData("identity, gzip;q=0.5", false)]
    [InlineData("br", false)]
    [InlineData("", false)]
    public void Gzip_is_used_where_it_is_wanted(string acceptEncoding, bool gzip) =>
        Assert.Equal(gzip, new FormatNegotiator(new PrometheusOptions()).Negotiate("", acceptEncoding).Gzip);

    [Theory]
    [InlineData(PrometheusTranslationStrategy.NoTranslation, "allow-utf-8", "AllowUtf8")]
    [InlineData(PrometheusTranslationStrategy.NoTranslation, "dots", "Dots")]
    [InlineData(PrometheusTranslationStrategy.NoUTF8EscapingWithSuffixes, "values", "Values")]
    [InlineData(PrometheusTranslationStrategy.NoTranslation, "underscores", "Underscores")]
    [InlineData(PrometheusTranslationStrategy.UnderscoreEscapingWithSuffixes, "allow-utf-8", "Underscores")]
    public void The_escaping_is_the_one_negotiated_unless_the_strategy_escapes_itself(PrometheusTranslationStrategy strategy, string escaping, string expected)
    {
        var format = new FormatNegotiator(new PrometheusOptions { TranslationStrategy = strategy }).Negotiate("text/plain;version=1.0.0;escaping=" + escaping, "");
        Assert.Equal(expected, format.Escaping.ToString());
        Assert.EndsWith("escaping=" + (expected == "Underscores" ? "underscores" : escaping), format.ContentType, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_004_never_has_UTF8_names() =>
        Assert.Equal(NameEscaping.Underscores, new FormatNegotiator(new PrometheusOptions { TranslationStrategy = PrometheusTranslationStrategy.NoTranslation }).Negotiate("text/plain;version=0.0.4;escaping=allow-utf-8", "").Escaping);
}
