using Microsoft.AspNetCore.Builder;

namespace Observability.AspNetCore.Tests.Enrichment;

/// <summary>The variable replaces the methods that the conventions know, as they require.</summary>
public class KnownMethodTests
{
    private const string Variable = "OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS";

    [Theory]
    [InlineData("GET, PROPFIND", "PROPFIND", "PROPFIND", null)]
    [InlineData("GET, PROPFIND", "propfind", "PROPFIND", "propfind")]
    [InlineData("GET, PROPFIND", "POST", "_OTHER", "POST")]
    [InlineData("", "POST", "POST", null)]
    [InlineData("", "PROPFIND", "_OTHER", "PROPFIND")]
    [InlineData("", "pOsT", "POST", "pOsT")]
    public async Task A_method_is_told_by_the_list(string list, string sent, string told, string? original)
    {
        await using var app = await RunningApp.Start(web => web.Map("/any", () => "ok"), settings: (Variable, list));
        var span = await app.SpanOf(client => RawRequest.Send(client.BaseAddress!, sent, "/any"));
        Assert.Equal(told, span.GetTagItem("http.request.method"));
        Assert.Equal(original, span.GetTagItem("http.request.method_original"));
        Assert.Equal((told == "_OTHER" ? "HTTP" : told) + " /any", span.DisplayName);
    }

    [Fact]
    public async Task The_list_holds_where_the_framework_has_written_the_method()
    {
        // A path rule makes the composer switch the framework's attributes on.
        await using var app = await RunningApp.Start(
            web => web.Map("/any", () => "ok"),
            settings:
            [
                ("Observability:Sampling:Rules:0:Name", "all"), ("Observability:Sampling:Rules:0:Path:0", "/*"), ("Observability:Sampling:Rules:0:Ratio", "1"),
                (Variable, "GET,PROPFIND"),
            ]);
        var span = await app.SpanOf(client => RawRequest.Send(client.BaseAddress!, "PROPFIND", "/any"));
        Assert.Equal("PROPFIND", span.GetTagItem("http.request.method"));
        Assert.Null(span.GetTagItem("http.request.method_original"));
    }
}
