namespace Observability.Tests.Configuration;

/// <summary>A header that HTTP does not allow is told at the start, not by every export, and never quoted: it may be a secret.</summary>
public class OtlpHeaderTests
{
    public static TheoryData<string, string> Wrong => new()
    {
        { "s3cr3t", "has no '='" },
        { "=s3cr3t", "has no name" },
        { "Bearer s3cr3t=", "has a name that no header of an HTTP request may have" },
        { "api%20key=s3cr3t", "has a name that no header of an HTTP request may have" },
        { "clé=s3cr3t", "has a name that no header of an HTTP request may have" },
        { "\"api-key\"=s3cr3t", "has a name that no header of an HTTP request may have" },
        { "content-type=s3cr3t", "has a name that no header of an HTTP request may have" },
        { "api-key=s3cr3t%0D%0Ahost: other", "has a value with characters that no header may have" },
        { "api-key=s3cr3t é", "has a value with characters that no header may have" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_one_of_a_variable_is_left_out_and_told_by_its_place(string entry, string what)
    {
        var options = Configured.By(("OTEL_EXPORTER_OTLP_HEADERS", $"tenant=a,{entry},x=1"));
        Assert.Equal("tenant=a,x=1", options.Otlp.Headers);
        Assert.Equal($"The variable OTEL_EXPORTER_OTLP_HEADERS has headers that were ignored, entry 2 {what}: write name=value,name=value, values percent-encoded.", Assert.Single(options.IgnoredVariables));
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_one_of_the_section_stops_the_start_and_is_told_by_its_place(string entry, string what)
    {
        var fault = Assert.Single(Configured.Faults(("Observability:Otlp:Traces:Headers", $"tenant=a,{entry},x=1")));
        Assert.Equal($"Observability:Otlp:Traces:Headers {what} in entry 2: write name=value,name=value, values percent-encoded.", fault);
    }

    [Fact]
    public void Several_wrong_ones_of_a_variable_are_told_together() =>
        Assert.Contains("entry 1 has no '=', entry 3 has no '='", Assert.Single(Configured.By(("OTEL_EXPORTER_OTLP_HEADERS", "s3cr3t,x=1,t0k3n")).IgnoredVariables), StringComparison.Ordinal);

    [Fact]
    public void What_HTTP_allows_is_taken()
    {
        const string Headers = "!#$&'*+-.^_`|~0aZ=v,authorization=Basic dXNlcjpwYXNz==,x=a%2Cb%3D,x=2,empty=";
        var options = Configured.By(("OTEL_EXPORTER_OTLP_HEADERS", Headers));
        Assert.Equal((Headers, 0), (options.Otlp.Headers, options.IgnoredVariables.Count));
    }
}
