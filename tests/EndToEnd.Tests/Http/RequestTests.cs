using EndToEnd.Tests.Apps;

namespace EndToEnd.Tests.Http;

/// <summary>What one request leaves behind at the collector and on stdout.</summary>
public class RequestTests(WebFixture web) : IClassFixture<WebFixture>
{
    [SkippableFact]
    public async Task A_server_span_carries_todays_names()
    {
        var receiver = web.Receiver;
        await web.App.Get("/items/101?colour=red", ("User-Agent", "test/1"));

        var span = await receiver.WaitForSpan(span => span["url.path"] is "/items/101");

        Assert.Equal(("GET /items/{id:int}", "Server", "Unset"), (span.Name, span.Kind, span.Status));
        Assert.Equal(("GET", "/items/{id:int}", "http", 200L), (span["http.request.method"], span["http.route"], span["url.scheme"], span["http.response.status_code"]));
        Assert.Equal(("127.0.0.1", (long)web.App.Http.BaseAddress!.Port, "1.1", "test/1"), (span["server.address"], span["server.port"], span["network.protocol.version"], span["user_agent.original"]));
        Assert.Equal("127.0.0.1", span["client.address"]);
        Assert.Equal("127.0.0.1", span["network.peer.address"]);
        Assert.IsType<long>(span["network.peer.port"]);
        Assert.Equal("WebApi", span.Origin.Service);
    }

    [SkippableFact]
    public async Task A_client_span_carries_the_peer_and_continues_the_trace()
    {
        var receiver = web.Receiver;
        await web.App.Get($"/call?url={web.App.Http.BaseAddress}items/102");

        var inner = await receiver.WaitForSpan(span => span["url.path"] is "/items/102");
        var client = await receiver.WaitForSpan(span => span.SpanId == inner.ParentSpanId);
        var outer = await receiver.WaitForSpan(span => span.SpanId == client.ParentSpanId);

        Assert.Equal(("GET", "Client", "GET /call"), (client.Name, client.Kind, outer.Name));
        Assert.Equal(("GET", 200L, "127.0.0.1", (long)web.App.Http.BaseAddress!.Port), (client["http.request.method"], client["http.response.status_code"], client["server.address"], client["server.port"]));
        Assert.Equal(("127.0.0.1", (object)(long)web.App.Http.BaseAddress!.Port), (client["network.peer.address"], client["network.peer.port"]));
        Assert.Equal((outer.TraceId, outer.TraceId), (client.TraceId, inner.TraceId));
    }

    [SkippableFact]
    public async Task A_failed_request_has_its_exception_and_an_error_type()
    {
        var receiver = web.Receiver;
        using var response = await web.App.Http.GetAsync(new Uri("/fail", UriKind.Relative));

        var span = await receiver.WaitForSpan(span => span["http.route"] is "/fail");

        Assert.Equal(("Error", 500L, "System.InvalidOperationException"), (span.Status, span["http.response.status_code"], span["error.type"]));
        var exception = Assert.Single(span.Events, happened => happened.Name == "exception");
        Assert.Equal(("System.InvalidOperationException", "the failing path"), (exception.Attributes["exception.type"], exception.Attributes["exception.message"]));
    }

    [SkippableFact]
    public async Task Query_values_and_credentials_are_redacted_in_spans_and_names_stay()
    {
        var receiver = web.Receiver;
        var self = web.App.Http.BaseAddress!;
        await web.App.Get($"/call?url={Uri.EscapeDataString($"http://user:passw0rd@127.0.0.1:{self.Port}/items/103?token=hunter2&page=4")}");

        var inner = await receiver.WaitForSpan(span => span["url.path"] is "/items/103");
        var client = await receiver.WaitForSpan(span => span.SpanId == inner.ParentSpanId);

        Assert.Equal("token=REDACTED&page=REDACTED", ((string)inner["url.query"]!).TrimStart('?'));
        Assert.Contains("/items/103", (string)client["url.full"]!, StringComparison.Ordinal);
        foreach (var secret in new[] { "hunter2", "passw0rd" })
            Assert.DoesNotContain(receiver.Spans.SelectMany(span => span.Attributes.Values).OfType<string>(), value => value.Contains(secret, StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData("/healthz")]
    [InlineData("/health")]
    [InlineData("/health/live")]
    [InlineData("/livez")]
    [InlineData("/readyz")]
    [InlineData("/metrics")]
    public async Task Probes_make_no_spans(string path)
    {
        var receiver = web.Receiver;
        using var response = await web.App.Http.GetAsync(new Uri(path, UriKind.Relative));
        await web.App.Get("/items/104");

        // Spans are exported in the order in which they end: once the later one is here, the probe's would be.
        await receiver.WaitForSpan(span => span["url.path"] is "/items/104");
        Assert.DoesNotContain(receiver.Spans, span => span["url.path"] is string at && at == path);
    }

    [SkippableFact]
    public async Task The_resource_says_who_speaks_the_same_for_every_signal()
    {
        var receiver = web.Receiver;
        await web.App.Get("/items/105");
        var span = await receiver.WaitForSpan(span => span.Kind == "Server");
        var log = await receiver.WaitForLog(_ => true);
        var metric = await receiver.WaitForMetric(_ => true);

        foreach (var name in new[] { "service.name", "service.version", "service.instance.id", "host.name", "os.type", "process.pid", "process.runtime.name", "process.runtime.version", "telemetry.sdk.name", "deployment.environment.name" })
            Assert.True(span.Origin.Resource.ContainsKey(name), $"{name} is missing; there are {string.Join(", ", span.Origin.Resource.Keys)}");
        Assert.Equal(span.Origin.Resource.OrderBy(entry => entry.Key), log.Origin.Resource.OrderBy(entry => entry.Key));
        Assert.Equal(span.Origin.Resource.OrderBy(entry => entry.Key), metric.Origin.Resource.OrderBy(entry => entry.Key));
        Assert.Equal((long)web.App.Process.Id, span.Origin.Resource["process.pid"]);
    }

    [SkippableFact]
    public async Task Exemplars_of_the_request_metric_name_the_request()
    {
        var receiver = web.Receiver;
        await web.App.Get("/order/green");
        var packing = await receiver.WaitForSpan(span => span.Name == "pack" && span["colour"] is "green");

        var metric = await receiver.WaitForMetric(metric => metric.Name == "shop.parcel.weight" && metric.Points.Any(point => point.Attributes["colour"] is "green"));

        var exemplar = Assert.Single(metric.Points.Single(point => point.Attributes["colour"] is "green").Exemplars);
        Assert.Equal((packing.TraceId, packing.SpanId), (exemplar.TraceId, exemplar.SpanId));
    }
}
