using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;

namespace Observability.AspNetCore.Tests.Enrichment;

/// <summary>Behind a proxy the conventions ask for the request that the client made, where it is known.</summary>
public class OriginalRequestTests
{
    [Theory]
    [InlineData("shop.example", "shop.example", 443)]
    [InlineData("shop.example:8443", "shop.example", 8443)]
    [InlineData("[2001:db8::1]:8443", "2001:db8::1", 8443)]
    public async Task Scheme_and_host_are_those_that_the_proxy_forwards(string forwarded, string address, int port)
    {
        await using var app = await BehindProxy();
        var span = await app.SpanOf(client => Get(client, ("X-Forwarded-For", "203.0.113.9"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", forwarded)));
        Assert.Equal(("https", address, port), Server(span));
        Assert.Equal("203.0.113.9", span.GetTagItem("client.address"));
        Assert.Equal("127.0.0.1", span.GetTagItem("network.peer.address"));
        Assert.Empty(span.TagObjects.GroupBy(tag => tag.Key).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Fact]
    public async Task A_forwarded_scheme_alone_moves_only_the_port_that_it_implies()
    {
        await using var app = await BehindProxy();
        Assert.Equal(("https", "shop.example", 443), Server(await app.SpanOf(client => Get(client, ("Host", "shop.example"), ("X-Forwarded-Proto", "https")))));
        Assert.Equal(("https", "shop.example", 81), Server(await app.SpanOf(client => Get(client, ("Host", "shop.example:81"), ("X-Forwarded-Proto", "https")))));
    }

    [Fact]
    public async Task Without_the_middleware_the_headers_are_not_believed()
    {
        await using var app = await RunningApp.Start(web => web.MapGet("/a", () => "a"));
        var span = await app.SpanOf(client => Get(client, ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "shop.example")));
        Assert.Equal(("http", "127.0.0.1", app.Client.BaseAddress!.Port), Server(span));
    }

    private static Task<RunningApp> BehindProxy() => RunningApp.Start(
        web =>
        {
            web.UseForwardedHeaders();
            web.MapGet("/a", () => "a");
        },
        builder => builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.All;
            options.KnownProxies.Add(IPAddress.Loopback);
        }));

    private static async Task Get(HttpClient client, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/a");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await client.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }

    private static (object? Scheme, object? Address, object? Port) Server(Activity span) =>
        (span.GetTagItem("url.scheme"), span.GetTagItem("server.address"), span.GetTagItem("server.port"));
}
