using Observability.AutoInstrumentation.Tests.Apps;
using OtlpReceiver;

namespace Observability.AutoInstrumentation.Tests.Signals;

/// <summary>What an unmodified, published web application sends.</summary>
public class WebSignalTests
{
    [SkippableFact]
    public async Task Spans_metrics_and_logs_of_an_unmodified_web_application_arrive()
    {
        await using var receiver = await Receiver.Start();
        await using var app = await Start(receiver);

        Assert.Equal("item 1", await app.Http.GetStringAsync("/call"));

        var client = await receiver.WaitForSpan(span => span.Kind.EndsWith("Client", StringComparison.OrdinalIgnoreCase));
        var outer = await receiver.WaitForSpan(span => span.Name == "GET /call");
        var inner = await receiver.WaitForSpan(span => span.Name == "GET /items/{id:int}");
        Assert.Equal((outer.SpanId, outer.TraceId), (client.ParentSpanId, client.TraceId));
        Assert.Equal((client.SpanId, client.TraceId), (inner.ParentSpanId, inner.TraceId));
        Assert.Equal(("PlainWeb", 200L, "/items/{id:int}"), (inner.Origin.Service, inner["http.response.status_code"], inner["http.route"]));

        var log = await receiver.WaitForLog(log => log.Body == "Item 1 was asked for");
        Assert.Equal((inner.TraceId, inner.SpanId), (log.TraceId, log.SpanId));
        Assert.Equal(1L, log["Id"]);

        await receiver.WaitForMetric(metric => metric.Name == "http.server.request.duration" && metric.Points.Any(point => point.Attributes.GetValueOrDefault("http.route") is "/items/{id:int}"));
        await receiver.WaitForMetric(metric => metric.Name == "dotnet.process.cpu.time" || metric.Name == "dotnet.gc.collections");
        Assert.Empty(receiver.Violations);
        Assert.Empty(app.Process.Error);
    }

    [Fact]
    public async Task The_log_of_a_slim_host_is_JSON_lines_with_the_trace_id_too()
    {
        await using var app = await HookedRun.StartWeb(PublishedApp.Of("PlainWeb").Program, ["slim"], HookedRun.Hooked());
        await app.Http.GetStringAsync("/items/7");
        await app.Process.WaitUntil(() => app.Process.Output.Any(line => line.Contains("Item 7 was asked for", StringComparison.Ordinal)), HookedRun.Patience, "the line is written");
        Assert.Equal(["PlainWeb starts"], app.Process.Output.Where(line => !line.StartsWith('{')));
        Assert.Equal(32, app.JsonLines.Single(line => line.GetProperty("message").GetString() == "Item 7 was asked for").GetProperty("trace_id").GetString()!.Length);
    }

    [SkippableFact]
    public async Task The_applications_own_log_is_JSON_lines_with_the_trace_id()
    {
        await using var receiver = await Receiver.Start();
        await using var app = await Start(receiver);

        await app.Http.GetStringAsync("/items/7");

        var span = await receiver.WaitForSpan(span => span.Name == "GET /items/{id:int}");
        await app.Process.WaitUntil(() => app.JsonLines.Any(line => line.GetProperty("message").GetString() == "Item 7 was asked for"), HookedRun.Patience, "the line is written");
        var line = app.JsonLines.Single(line => line.GetProperty("message").GetString() == "Item 7 was asked for");
        Assert.Equal((span.TraceId, "Program", 7), (line.GetProperty("trace_id").GetString(), line.GetProperty("category").GetString(), line.GetProperty("Id").GetInt32()));
        // What was logged before the agent was ready is there as well, once, and nothing of it as the console writes it.
        Assert.Single(app.JsonLines, line => line.GetProperty("message").GetString()!.StartsWith("Now listening on", StringComparison.Ordinal));
        Assert.Equal(["PlainWeb starts"], app.Process.Output.Where(line => !line.StartsWith('{')));
    }

    [SkippableFact]
    public async Task A_span_from_before_the_agent_was_ready_arrives_once()
    {
        await using var receiver = await Receiver.Start();
        await using var app = await Start(receiver);
        await receiver.WaitForSpan(span => span.Name == "warm up");
        await app.Http.GetStringAsync("/items/1");
        await receiver.WaitForSpan(span => span.Name == "GET /items/{id:int}");
        Assert.Single(receiver.Spans, span => span.Name == "warm up");
    }

    [SkippableFact]
    public async Task What_was_measured_before_the_agent_was_ready_is_counted_once()
    {
        await using var receiver = await Receiver.Start();
        await using var app = await Start(receiver);
        await app.Http.GetStringAsync("/items/1");
        var warmups = await receiver.WaitForMetric(metric => metric.Name == "shop.warmups");
        Assert.Equal(1, Assert.Single(warmups.Points).Value);
        // Had the beginning of the request been missed, its end would have left one less than none.
        await receiver.WaitForMetric(metric => metric.Name == "http.server.active_requests" && metric.Points.Count > 0 && metric.Points.All(point => point.Value == 0));
    }

    [SkippableFact]
    public async Task A_request_that_comes_at_once_is_a_complete_span_and_its_log_keeps_its_time_and_its_trace()
    {
        await using var receiver = await Receiver.Start();
        await using var app = await Start(receiver);
        await app.Http.GetStringAsync("/items/3");
        var answered = DateTimeOffset.UtcNow;

        var span = await receiver.WaitForSpan(span => span.Name == "GET /items/{id:int}");
        var log = await receiver.WaitForLog(log => log.Body == "Item 3 was asked for");
        Assert.Equal((200L, "/items/3"), (span["http.response.status_code"], span["url.path"]));
        Assert.Equal((span.TraceId, span.SpanId), (log.TraceId, log.SpanId));
        Assert.InRange((long)(log.UnixNano / 1_000_000), 1, answered.ToUnixTimeMilliseconds());
        Assert.Single(receiver.Spans, other => other.Name == span.Name);
    }

    [SkippableFact]
    public async Task Paths_that_make_no_spans_make_none_from_the_first_request_on()
    {
        await using var receiver = await Receiver.Start();
        await using var app = await Start(receiver, ("Observability__Traces__IgnoredPaths", "/health, /items/*"));
        await app.Http.GetStringAsync("/call");
        await receiver.WaitForSpan(span => span.Name == "GET /call");
        await app.Http.GetStringAsync("/mvc/items/2");
        await receiver.WaitForSpan(span => span.Name == "GET mvc/items/{id:int}");
        Assert.DoesNotContain(receiver.Spans, span => span.Name == "GET /items/{id:int}");
    }

    [SkippableTheory]
    [InlineData("Path", "/items*")]
    [InlineData("UserAgent", "probe*")]
    public async Task A_rule_on_the_request_is_obeyed_from_the_first_one_on(string fact, string pattern)
    {
        await using var receiver = await Receiver.Start();
        await using var app = await Start(receiver,
            ("Observability__Sampling__Rules__0__Name", "probes"), ("Observability__Sampling__Rules__0__" + fact, pattern), ("Observability__Sampling__Rules__0__Drop", "true"));
        for (var i = 0; i < 3; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/items/1") { Headers = { { "User-Agent", "probe/1.0" } } };
            using var answer = await app.Http.SendAsync(request);
        }
        using var other = await app.Http.GetAsync("/fails");
        await receiver.WaitForSpan(span => span.Name == "GET /fails");
        Assert.DoesNotContain(receiver.Spans, span => span.Name == "GET /items/{id:int}");
    }

    [SkippableFact]
    public async Task Sampling_is_what_the_variables_say()
    {
        await using var receiver = await Receiver.Start();
        await using var app = await Start(receiver, ("OTEL_TRACES_SAMPLER", "always_off"));
        for (var i = 0; i < 5; i++) await app.Http.GetStringAsync("/items/1");
        await receiver.WaitForMetric(metric => metric.Name == "http.server.request.duration" && metric.Points.Any(point => point.Count >= 5));
        Assert.Empty(receiver.Spans);
    }

    [SkippableFact]
    public async Task A_request_that_fails_is_a_span_that_says_so()
    {
        await using var receiver = await Receiver.Start();
        await using var app = await Start(receiver);
        using var response = await app.Http.GetAsync("/fails");
        var span = await receiver.WaitForSpan(span => span.Name == "GET /fails");
        Assert.Equal((500, "System.InvalidOperationException"), ((int)response.StatusCode, span["error.type"]));
        Assert.Contains(span.Events, happened => happened.Name == "exception");
    }

    [SkippableFact]
    public async Task What_is_queued_is_delivered_when_the_application_is_told_to_stop()
    {
        await using var receiver = await Receiver.Start();
        await using var app = await Start(receiver, ("OTEL_BSP_SCHEDULE_DELAY", "60000"));
        await app.Http.GetStringAsync("/items/1");
        app.Process.Signal("TERM");
        Assert.Equal(0, await app.Process.WaitForExit(HookedRun.Patience));
        await receiver.WaitForSpan(span => span.Name == "GET /items/{id:int}");
    }

    private static Task<HookedRun> Start(Receiver receiver, params (string Name, string Value)[] settings)
    {
        var environment = HookedRun.SendingTo(receiver);
        foreach (var (name, value) in settings) environment[name] = value;
        return HookedRun.StartWeb(PublishedApp.Of("PlainWeb").Program, [], environment);
    }
}
