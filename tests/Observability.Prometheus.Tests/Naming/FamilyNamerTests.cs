using Observability.Prometheus.Naming;

namespace Observability.Prometheus.Tests.Naming;

public class FamilyNamerTests
{
    [Theory]
    [InlineData(PrometheusTranslationStrategy.UnderscoreEscapingWithSuffixes, "foo_bar_bytes_total")]
    [InlineData(PrometheusTranslationStrategy.UnderscoreEscapingWithoutSuffixes, "foo_bar")]
    [InlineData(PrometheusTranslationStrategy.NoUTF8EscapingWithSuffixes, "foo.bar_bytes_total")]
    [InlineData(PrometheusTranslationStrategy.NoTranslation, "foo.bar")]
    public void A_strategy_names_a_counter_in_bytes(PrometheusTranslationStrategy strategy, string expected) =>
        Assert.Equal(expected, new FamilyNamer(strategy, FamilyNamer.Effective(strategy, NameEscaping.AllowUtf8)).Name("foo.bar", "By", isCounter: true).Sample);

    [Theory]
    [InlineData("d", "days")]
    [InlineData("h", "hours")]
    [InlineData("min", "minutes")]
    [InlineData("s", "seconds")]
    [InlineData("ms", "milliseconds")]
    [InlineData("us", "microseconds")]
    [InlineData("ns", "nanoseconds")]
    [InlineData("By", "bytes")]
    [InlineData("KiBy", "kibibytes")]
    [InlineData("MiBy", "mebibytes")]
    [InlineData("GiBy", "gibibytes")]
    [InlineData("TiBy", "tebibytes")]
    [InlineData("kBy", "kilobytes")]
    [InlineData("KBy", "kilobytes")]
    [InlineData("MBy", "megabytes")]
    [InlineData("GBy", "gigabytes")]
    [InlineData("TBy", "terabytes")]
    [InlineData("m", "meters")]
    [InlineData("V", "volts")]
    [InlineData("A", "amperes")]
    [InlineData("J", "joules")]
    [InlineData("W", "watts")]
    [InlineData("g", "grams")]
    [InlineData("Cel", "celsius")]
    [InlineData("Hz", "hertz")]
    [InlineData("%", "percent")]
    [InlineData("$", "dollars")]
    [InlineData("1", null)]
    [InlineData("{packet}", null)]
    [InlineData("{packet}/s", "per_second")]
    [InlineData("By/s", "bytes_per_second")]
    [InlineData("m/mo", "meters_per_month")]
    [InlineData("1/y", "per_year")]
    [InlineData("J/w", "joules_per_week")]
    [InlineData("widgets", "widgets")]
    public void A_unit_becomes_its_word(string unit, string? expected) => Assert.Equal(expected, UnitNames.Translate(unit));

    [Theory]
    [InlineData("http.server.request.duration", "s", false, "http_server_request_duration_seconds")]
    [InlineData("io.bytes", "By", true, "io_bytes_total")]
    [InlineData("x.total", null, true, "x_total")]
    [InlineData("seconds", "s", false, "seconds")]
    [InlineData("milliseconds", "s", false, "milliseconds_seconds")]
    [InlineData("a..b--c", null, false, "a_b_c")]
    [InlineData("cpu.utilization", "1", false, "cpu_utilization")]
    public void Suffixes_are_added_once(string name, string? unit, bool isCounter, string expected) =>
        Assert.Equal(expected, new FamilyNamer(PrometheusTranslationStrategy.UnderscoreEscapingWithSuffixes, NameEscaping.Underscores).Name(name, unit, isCounter).Sample);

    [Theory]
    [InlineData("mysystem.prod.west.cpu.load", "mysystem_dot_prod_dot_west_dot_cpu_dot_load", "U__mysystem_2e_prod_2e_west_2e_cpu_2e_load")]
    [InlineData("no:escaping_required", "no:escaping__required", "no:escaping_required")]
    [InlineData("http.status:sum", "http_dot_status:sum", "U__http_2e_status:sum")]
    [InlineData("label with 😱", "label__with____", "U__label_20_with_20__1f631_")]
    public void Schemes_escape_as_their_specification_says(string name, string dots, string values)
    {
        Assert.Equal(dots, NameEscaper.Metric(name, NameEscaping.Dots));
        Assert.Equal(values, NameEscaper.Metric(name, NameEscaping.Values));
        Assert.Equal(name, NameEscaper.Metric(name, NameEscaping.AllowUtf8));
    }

    [Theory]
    [InlineData(0.5, "0.5")]
    [InlineData(1, "1.0")]
    [InlineData(0, "0.0")]
    [InlineData(-2.5, "-2.5")]
    [InlineData(100000, "100000.0")]
    [InlineData(1000000, "1e+06")]
    [InlineData(1234567.5, "1.2345675e+06")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(1e300, "1e+300")]
    [InlineData(double.PositiveInfinity, "+Inf")]
    public void Numbers_in_labels_are_canonical(double value, string expected) => Assert.Equal(expected, CanonicalNumber.Text(value));
}
