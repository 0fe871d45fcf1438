using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Observability.AspNetCore.Tests.Enrichment;

public class ServerSpanTests
{
    [Fact]
    public async Task A_request_has_every_attribute_of_the_conventions()
    {
        await using var app = await RunningApp.Start(web => web.MapGet("/items/{id:int}", (int id) => id));
        app.Client.DefaultRequestHeaders.UserAgent.ParseAdd("tests/1.0");
        var span = await app.SpanOf(client => client.GetAsync("/items/7?token=secret&b"));

        Assert.Equal("GET /items/{id:int}", span.DisplayName);
        Assert.Equal("GET", span.GetTagItem("http.request.method"));
        Assert.Equal("/items/{id:int}", span.GetTagItem("http.route"));
        Assert.Equal("/items/7", span.GetTagItem("url.path"));
        Assert.Equal("http", span.GetTagItem("url.scheme"));
        Assert.Equal("token=REDACTED&b", span.GetTagItem("url.query"));
        Assert.Equal(200, span.GetTagItem("http.response.status_code"));
        Assert.Equal("127.0.0.1", span.GetTagItem("server.address"));
        Assert.Equal(app.Client.BaseAddress!.Port, span.GetTagItem("server.port"));
        Assert.Equal("127.0.0.1", span.GetTagItem("client.address"));
        Assert.Equal("127.0.0.1", span.GetTagItem("network.peer.address"));
        Assert.True(span.GetTagItem("network.peer.port") is int and > 0);
        Assert.Equal("1.1", span.GetTagItem("network.protocol.version"));
        Assert.Equal("tests/1.0", span.GetTagItem("user_agent.original"));
        Assert.Null(span.GetTagItem("error.type"));
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
    }

    [Fact]
    public async Task With_the_frameworks_own_attributes_on_none_is_there_twice()
    {
        // A path rule makes the composer switch the framework's attributes on.
        await using var app = await RunningApp.Start(
            web => web.MapGet("/a", () => "a"),
            settings: [("Observability:Sampling:Rules:0:Name", "all"), ("Observability:Sampling:Rules:0:Path:0", "/*"), ("Observability:Sampling:Rules:0:Ratio", "1")]);
        var span = await app.SpanOf(client => client.GetAsync("/a"));
        Assert.Empty(span.TagObjects.GroupBy(tag => tag.Key).Where(group => group.Count() > 1).Select(group => group.Key));
        Assert.Equal("/a", span.GetTagItem("url.path"));
    }

    [Fact]
    public async Task An_unhandled_exception_is_recorded_and_marks_the_span()
    {
        await using var app = await RunningApp.Start(web => web.MapGet("/fails", string () => throw new InvalidOperationException("broken")));
        var span = await app.SpanOf(async client => Assert.Equal(500, (int)(await client.GetAsync("/fails")).StatusCode));
        Assert.Equal("System.InvalidOperationException", span.GetTagItem("error.type"));
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Equal("exception", Assert.Single(span.Events).Name);
    }

    [Fact]
    public async Task An_exception_that_a_handler_answered_is_recorded_with_the_route_that_failed()
    {
        await using var app = await RunningApp.Start(web =>
        {
            web.UseExceptionHandler(handler => handler.Run(context => context.Response.WriteAsync("sorry")));
            web.MapGet("/fails", string () => throw new TimeoutException("late"));
        });
        var span = await app.SpanOf(client => client.GetAsync("/fails"));
        Assert.Equal("GET /fails", span.DisplayName);
        Assert.Equal("System.TimeoutException", span.GetTagItem("error.type"));
        Assert.Single(span.Events);
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/healthz/ready")]
    [InlineData("/livez")]
    [InlineData("/readyz")]
    [InlineData("/metrics")]
    public async Task A_probe_makes_no_span(string path)
    {
        await using var app = await RunningApp.Start(web => web.MapGet(path, () => "ok"));
        await app.Client.GetAsync(path);
        var span = await app.SpanOf(client => client.GetAsync("/afterwards"));
        Assert.Equal("/afterwards", span.GetTagItem("url.path"));
        Assert.False(app.HasSpans);
    }

    [Fact]
    public async Task What_a_probe_calls_makes_no_span_either_and_is_told_so()
    {
        (string Parent, string State) told = default;
        using var client = new HttpClient();
        await using var app = await RunningApp.Start(web =>
        {
            web.MapGet("/health", (HttpRequest request) => client.GetStringAsync(new Uri($"http://{request.Host}/dependency")));
            web.MapGet("/dependency", (HttpRequest request) => { told = (request.Headers["traceparent"].ToString(), request.Headers["tracestate"].ToString()); });
        });
        using var probe = new HttpRequestMessage(HttpMethod.Get, "/health") { Headers = { { "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" }, { "tracestate", "ot=rv:ffffffffffffff;th:0,vendor=1" } } };
        await app.Client.SendAsync(probe);
        Assert.EndsWith("-00", told.Parent, StringComparison.Ordinal);
        Assert.Equal("ot=rv:ffffffffffffff,vendor=1", told.State);
        var span = await app.SpanOf(web => web.GetAsync("/afterwards"));
        Assert.Equal("/afterwards", span.GetTagItem("url.path"));
    }

    [Fact]
    public async Task An_unknown_method_does_not_become_a_name()
    {
        await using var app = await RunningApp.Start(web => web.Map("/any", () => "ok"));
        var span = await app.SpanOf(client => client.SendAsync(new HttpRequestMessage(new HttpMethod("BREW"), "/any")));
        Assert.Equal("HTTP /any", span.DisplayName);
        Assert.Equal("_OTHER", span.GetTagItem("http.request.method"));
        Assert.Equal("BREW", span.GetTagItem("http.request.method_original"));
    }

    [Fact]
    public async Task A_request_without_a_route_is_named_by_its_method()
    {
        await using var app = await RunningApp.Start(_ => { });
        var span = await app.SpanOf(client => client.GetAsync("/nowhere"));
        Assert.Equal("GET", span.DisplayName);
        Assert.Equal(404, span.GetTagItem("http.response.status_code"));
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
    }

    [Fact]
    public async Task An_enricher_that_throws_does_not_reach_the_request()
    {
        await using var app = await RunningApp.Start(
            web => web.MapGet("/a", () => "a"),
            builder => builder.Services.Configure<ServerSpanOptions>(options => options.Enrich = (activity, _) => { activity.SetTag("mine", 1); throw new InvalidOperationException("enricher"); }));
        var span = await app.SpanOf(async client => Assert.Equal("a", await client.GetStringAsync("/a")));
        Assert.Equal(1, span.GetTagItem("mine"));
    }

    [Fact]
    public async Task The_older_peer_names_come_by_option()
    {
        await using var app = await RunningApp.Start(web => web.MapGet("/a", () => "a"), settings: ("Observability:Traces:LegacyPeerAttributes", "true"));
        var span = await app.SpanOf(client => client.GetAsync("/a"));
        Assert.Equal("127.0.0.1", span.GetTagItem("net.peer.ip"));
        Assert.NotNull(span.GetTagItem("net.peer.port"));
    }
}
