using Observability.Export;

namespace Observability.Tests.Export;

/// <summary>https://opentelemetry.io/docs/specs/otel/protocol/exporter/#endpoint-urls-for-otlphttp</summary>
public class OtlpSettingsTests
{
    [Theory]
    [InlineData(null, null, null, "http://localhost:4317/")]
    [InlineData("http/protobuf", null, null, "http://localhost:4318/v1/traces")]
    [InlineData("http/protobuf", "http://collector:4318", null, "http://collector:4318/v1/traces")]
    [InlineData("http/protobuf", "http://collector:4318/base/", null, "http://collector:4318/base/v1/traces")]
    [InlineData("http/protobuf", "http://collector:4318", "http://traces:9/own", "http://traces:9/own")]
    [InlineData("grpc", "http://collector:4317", null, "http://collector:4317/")]
    public void The_address_follows_the_specification(string? protocol, string? common, string? own, string expected)
    {
        var options = new OtlpOptions { Protocol = protocol, Endpoint = common };
        options.Traces.Endpoint = own;
        Assert.Equal(expected, OtlpSettings.For(Signal.Traces, options).Endpoint.AbsoluteUri);
    }

    [Fact]
    public void A_signals_own_value_wins_over_the_one_for_all()
    {
        var options = new OtlpOptions { Endpoint = "http://all:4317", Headers = "a=1", Compression = "gzip", Timeout = TimeSpan.FromSeconds(1) };
        options.Logs.Headers = "b=2";
        options.Logs.Compression = "none";
        options.Logs.Protocol = "http/protobuf";
        var logs = OtlpSettings.For(Signal.Logs, options);
        Assert.Equal(("b=2", false, false, "http://all:4317/v1/logs"), (logs.Headers, logs.Gzip, logs.IsGrpc, logs.Endpoint.AbsoluteUri));
        Assert.Equal(("a=1", true, true), (OtlpSettings.For(Signal.Traces, options).Headers, OtlpSettings.For(Signal.Traces, options).Gzip, OtlpSettings.For(Signal.Traces, options).IsGrpc));
    }

    [Fact]
    public void Nothing_is_configured_until_an_endpoint_is() => Assert.False(OtlpSettings.For(Signal.Metrics, new OtlpOptions { Protocol = "grpc" }).IsConfigured);
}
