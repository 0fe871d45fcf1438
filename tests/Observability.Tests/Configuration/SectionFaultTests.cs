using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Observability.Tests.Configuration;

public class SectionFaultTests
{
    [Theory]
    [InlineData("Prometheus:Path")]
    [InlineData("Zipkin:Endpoint")]
    [InlineData("Metrics:ExemplarFilter")]
    [InlineData("Metrics:Temporality")]
    [InlineData("Metrics:HistogramAggregation")]
    [InlineData("Metrics:Views:0:Instrument")]
    public void A_setting_that_is_required_may_not_be_null_or_empty(string setting)
    {
        Assert.Contains($"Observability:{setting} is", Assert.Single(Configured.Faults(("Observability:" + setting, null))), StringComparison.Ordinal);
        Assert.Contains($"Observability:{setting} is", Assert.Single(Configured.Faults(("Observability:" + setting, ""))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Observability", "Observability:Enabled")]
    [InlineData("Observability:Prometheus", "Observability:Prometheus:Enabled")]
    [InlineData("Observability:Traces", "Observability:Traces:Enabled")]
    [InlineData("Observability:Traces:Batch", "Observability:Traces:Batch:")]
    [InlineData("Observability:Otlp", "Observability:Otlp:")]
    [InlineData("Observability:Metrics:ConstantLabels", "Observability:Metrics:ConstantLabels:NAME")]
    [InlineData("Observability:ResourceAttributes", "Observability:ResourceAttributes:NAME")]
    [InlineData("Observability:Metrics:Views", "Observability:Metrics:Views:0:")]
    [InlineData("Observability:Metrics:Views:0", "Observability:Metrics:Views:0:")]
    [InlineData("Observability:Logs:JsonLines", "Observability:Logs:JsonLines:")]
    [InlineData("Observability:Sampling", "Observability:Sampling:NAME")]
    [InlineData("Observability:Ebpf", "Observability:Ebpf:NAME")]
    [InlineData("Observability:Sampling:Rules:0", "Make it an object")]
    public void A_single_value_in_place_of_a_section_is_a_fault_that_says_what_to_write(string path, string remedy)
    {
        var fault = Assert.Single(Configured.Faults((path, "s3cr3t")), fault => fault.StartsWith(path + " ", StringComparison.Ordinal));
        Assert.Contains(remedy, fault[path.Length..], StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_in_a_view_may_be_one_comma_separated_value()
    {
        var view = Assert.Single(Configured.By(("Observability:Metrics:Views:0:Instrument", "latency"), ("Observability:Metrics:Views:0:Boundaries", "1, 2.5,3"), ("Observability:Metrics:Views:0:DropAttributes", "a,b")).Metrics.Views);
        Assert.Equal([1, 2.5, 3], view.Boundaries);
        Assert.Equal(["a", "b"], view.DropAttributes);
    }

    [Fact]
    public void A_list_in_one_value_stands_before_the_entries_that_another_source_numbers() =>
        Assert.Equal(["console", "zipkin", "otlp"], Configured.By(("Observability:Traces:Exporters", "console,zipkin"), ("Observability:Traces:Exporters:0", "otlp"), ("Observability:Traces:Exporters:1", "")).Traces.Exporters);

    [Fact]
    public void A_list_of_another_package_may_be_one_comma_separated_value_unless_its_entries_hold_commas()
    {
        using var provider = Configured.Services(Configured.Settings(
            ("Observability:Logs:JsonLines:Redaction:Names", "pin,code"),
            ("Observability:Logs:JsonLines:Redaction:Patterns", @"\d{3,4}"),
            ("Observability:Prometheus:Quantiles", "0.5,0.9"),
            ("Observability:Prometheus:Keep", "http_*{method=GET,code=200}"))).BuildServiceProvider();
        var redaction = provider.GetRequiredService<IOptions<Logging.JsonLinesOptions>>().Value.Redaction;
        Assert.Equal(["pin", "code"], redaction.Names);
        Assert.Equal([@"\d{3,4}"], redaction.Patterns);
        var prometheus = provider.GetRequiredService<IOptions<Prometheus.PrometheusOptions>>().Value;
        Assert.Equal([0.5, 0.9], prometheus.Quantiles!);
        Assert.Equal(["http_*{method=GET,code=200}"], prometheus.Keep);
    }

    [Fact]
    public void An_entry_of_a_comma_separated_value_that_is_no_number_is_a_fault()
    {
        var fault = Assert.Single(Configured.Faults(("Observability:Metrics:Views:0:Instrument", "latency"), ("Observability:Metrics:Views:0:Boundaries", "1,two,3")));
        Assert.Contains("Views:0:Boundaries", fault, StringComparison.Ordinal);
        Assert.Contains("'two'", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("latency", "bad name!")]
    [InlineData("latency", "1st")]
    [InlineData("latency", "")]
    [InlineData("*", "same")]
    [InlineData("http.?erver", "same")]
    public void A_views_name_is_an_instruments_name_and_of_one_instrument(string instrument, string name) =>
        Assert.Contains("Observability:Metrics:Views:0:Name", Assert.Single(Configured.Faults(("Observability:Metrics:Views:0:Instrument", instrument), ("Observability:Metrics:Views:0:Name", name))), StringComparison.Ordinal);

    [Theory]
    [InlineData("A")]
    [InlineData("http.server/request-duration_v2")]
    public void A_view_may_rename_one_instrument(string name) =>
        Assert.Equal(name, Assert.Single(Configured.By(("Observability:Metrics:Views:0:Instrument", "latency"), ("Observability:Metrics:Views:0:Name", name)).Metrics.Views).Name);

    [Theory]
    [InlineData("Otlp:Endpoint", "ftp://user:s3cr3t@collector")]
    [InlineData("Otlp:Metrics:Endpoint", "user:s3cr3t@collector:4317")]
    [InlineData("Zipkin:Endpoint", "ftp://user:s3cr3t@collector")]
    [InlineData("Sampling:Remote:Jaeger", "ftp://user:s3cr3t@collector")]
    [InlineData("Otlp:ClientKey", "-----BEGIN PRIVATE KEY-----s3cr3t")]
    public void No_fault_shows_a_secret(string setting, string value)
    {
        var faults = Configured.Faults(("Observability:" + setting, value));
        Assert.DoesNotContain(faults, fault => fault.Contains("s3cr3t", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.StartsWith("Observability:" + setting[..setting.IndexOf(':', StringComparison.Ordinal)], StringComparison.Ordinal));
    }
}
