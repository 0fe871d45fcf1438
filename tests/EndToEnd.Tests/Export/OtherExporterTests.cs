using System.Text.Json;
using EndToEnd.Tests.Apps;
using EndToEnd.Tests.Peers;

namespace EndToEnd.Tests.Export;

/// <summary>Exporters besides OTLP, by the standard variables.</summary>
public class OtherExporterTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Zipkin_gets_the_spans_with_their_parents()
    {
        await using var zipkin = new ZipkinListener();
        await using var app = await RunningApp.StartWeb(TestApp.Of("WebApi"), new Dictionary<string, string?>
        {
            ["OTEL_TRACES_EXPORTER"] = "zipkin",
            ["OTEL_EXPORTER_ZIPKIN_ENDPOINT"] = zipkin.Endpoint.ToString(),
        });
        await app.Get($"/call?url={app.Http.BaseAddress}items/1");

        await app.Process.WaitUntil(() => zipkin.Spans.Count >= 3, Patience, "three spans are at Zipkin");
        var inner = zipkin.Spans.Single(span => Text(span, "kind") == "SERVER" && span.GetProperty("tags").GetProperty("url.path").GetString() == "/items/1");
        var client = zipkin.Spans.Single(span => Text(span, "id") == Text(inner, "parentId"));
        var outer = zipkin.Spans.Single(span => Text(span, "id") == Text(client, "parentId"));
        Assert.Equal(("CLIENT", "SERVER"), (Text(client, "kind"), Text(outer, "kind")));
        Assert.Single(zipkin.Spans.Select(span => Text(span, "traceId")).Distinct());
        Assert.All(zipkin.Spans, span => Assert.Equal("webapi", span.GetProperty("localEndpoint").GetProperty("serviceName").GetString()!, ignoreCase: true));
    }

    [Fact]
    public async Task The_console_shows_spans_to_people()
    {
        await using var app = await RunningApp.StartWeb(TestApp.Of("WebApi"), new Dictionary<string, string?> { ["OTEL_TRACES_EXPORTER"] = "console" });
        await app.Get("/items/1");

        await app.Process.WaitUntil(() => app.Process.Output.Any(line => !line.StartsWith('{') && line.Contains("GET /items/{id:int}", StringComparison.Ordinal)), Patience, "the span is shown");
    }

    private static string? Text(JsonElement span, string name) => span.TryGetProperty(name, out var value) ? value.GetString() : null;
}
