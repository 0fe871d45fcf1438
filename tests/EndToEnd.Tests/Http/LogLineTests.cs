using EndToEnd.Tests.Apps;

namespace EndToEnd.Tests.Http;

/// <summary>The JSON lines on stdout: their exact shape, and each message once.</summary>
public class LogLineTests(WebFixture web) : IClassFixture<WebFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [SkippableFact]
    public async Task A_line_begins_with_the_six_agreed_fields_in_order_and_names_the_span()
    {
        var receiver = web.Receiver;
        await web.App.Get("/items/201");
        await web.App.Process.WaitUntil(() => web.App.Process.Output.Any(line => line.Contains("Item 201", StringComparison.Ordinal)), Patience, "the line is written");
        var span = await receiver.WaitForSpan(span => span["url.path"] is "/items/201");

        var line = Assert.Single(web.App.JsonLines, line => line.GetProperty("message").GetString() == "Item 201 was asked for");

        Assert.Equal(["timestamp", "level", "message", "service", "trace_id", "span_id"], line.EnumerateObject().Select(field => field.Name).Take(6));
        Assert.Equal(("info", "WebApi", span.TraceId, span.SpanId), (line.GetProperty("level").GetString(), line.GetProperty("service").GetString(), line.GetProperty("trace_id").GetString(), line.GetProperty("span_id").GetString()));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$", line.GetProperty("timestamp").GetString());
        Assert.Equal(201, line.EnumerateObject().Where(field => field.Name == "Id").Select(field => field.Value.GetInt32()).SingleOrDefault(-1));
    }

    [SkippableFact]
    public async Task Scopes_and_attributes_follow()
    {
        _ = web.Receiver;
        await web.App.Get("/scope");
        await web.App.Process.WaitUntil(() => web.App.Process.Output.Any(line => line.Contains("of cable", StringComparison.Ordinal)), Patience, "the line is written");

        var text = Assert.Single(web.App.Process.Output, line => line.Contains("of cable", StringComparison.Ordinal));

        Assert.Contains("\"level\":\"warn\"", text, StringComparison.Ordinal);
        Assert.Contains("\"acme\"", text, StringComparison.Ordinal);
        Assert.Contains("3.5", text, StringComparison.Ordinal);
        Assert.Contains("42", text, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Everything_on_stdout_is_one_JSON_object_a_line()
    {
        _ = web.Receiver;
        await web.App.Get("/hurt/surrogates");
        await web.App.Process.WaitUntil(() => web.App.Process.Output.Any(line => line.Contains("Lone", StringComparison.Ordinal)), Patience, "the line is written");

        Assert.All(web.App.Process.Output, line => Assert.StartsWith("{", line, StringComparison.Ordinal));
        Assert.Equal(web.App.Process.Output.Count, web.App.JsonLines.Count());
    }

    [SkippableFact]
    public async Task A_console_provider_that_the_application_adds_stays()
    {
        await using var app = await RunningApp.StartWeb(TestApp.Of("WebApi"), new Dictionary<string, string?> { ["TestApp__Registration"] = "console" });
        await app.Get("/items/202");

        await app.Process.WaitUntil(() => app.Process.Output.Any(line => !line.StartsWith('{') && line.Contains("Item 202 was asked for", StringComparison.Ordinal)), Patience, "the application's own console has the line");
        await app.Process.WaitUntil(() => app.Process.Output.Any(line => line.StartsWith('{') && line.Contains("Item 202 was asked for", StringComparison.Ordinal)), Patience, "the JSON line is there");
    }
}
