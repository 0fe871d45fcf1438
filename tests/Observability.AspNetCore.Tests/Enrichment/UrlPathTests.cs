using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Observability.AspNetCore.Enrichment;

namespace Observability.AspNetCore.Tests.Enrichment;

/// <summary>The convention wants the path of the URL as the client wrote it; what the application reads is decoded and may be moved.</summary>
public class UrlPathTests
{
    [Theory]
    [InlineData("/p/a%20b%0Ac%C3%A9", "/p/a%20b%0Ac%C3%A9")]
    [InlineData("/files/a%2Fb%20c?q=%20", "/files/a%2Fb%20c")]
    [InlineData("/twice/a%2520b", "/twice/a%2520b")]
    [InlineData("/plain?q=/other", "/plain")]
    [InlineData("/?q", "/")]
    [InlineData("http://shop.example/a%20b?q=1", "/a%20b")]
    [InlineData("http://shop.example", "/")]
    public async Task It_is_encoded_as_it_was_sent(string target, string expected)
    {
        await using var app = await RunningApp.Start(web => web.MapFallback(() => "ok"));
        var span = await app.SpanOf(client => RawRequest.Send(client.BaseAddress!, "GET", target));
        Assert.Equal(expected, span.GetTagItem("url.path"));
    }

    [Fact]
    public async Task A_request_to_the_server_itself_has_the_shortest_path()
    {
        await using var app = await RunningApp.Start(_ => { });
        Assert.Equal("/", (await app.SpanOf(client => RawRequest.Send(client.BaseAddress!, "OPTIONS", "*"))).GetTagItem("url.path"));
    }

    [Fact]
    public async Task It_is_the_same_where_the_framework_has_written_its_own()
    {
        // A path rule makes the composer switch the framework's attributes on.
        await using var app = await RunningApp.Start(
            web => web.MapFallback(() => "ok"),
            settings: [("Observability:Sampling:Rules:0:Name", "all"), ("Observability:Sampling:Rules:0:Path:0", "/*"), ("Observability:Sampling:Rules:0:Ratio", "1")]);
        var span = await app.SpanOf(client => client.GetAsync("/twice/a%2520b"));
        Assert.Equal("/twice/a%2520b", span.GetTagItem("url.path"));
    }

    [Fact]
    public void A_server_that_does_not_keep_the_target_is_believed_in_its_path()
    {
        var request = new DefaultHttpContext { Request = { PathBase = "/my shop", Path = "/é" } }.Request;
        Assert.Equal("/my%20shop/%C3%A9", UrlPath.Of(request));
    }

    [Fact]
    public async Task A_base_and_a_rewriting_middleware_do_not_change_it()
    {
        await using var app = await RunningApp.Start(web =>
        {
            web.UsePathBase("/shop");
            web.Use((context, next) =>
            {
                context.Request.Path = "/elsewhere";
                return next(context);
            });
            web.UseRouting();
            web.MapFallback(() => "ok");
        });
        Assert.Equal("/shop/orders", (await app.SpanOf(client => client.GetAsync("/shop/orders"))).GetTagItem("url.path"));
    }
}
