using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Observability.AspNetCore.Enrichment;

namespace Observability.AspNetCore.Tests.Enrichment;

public class ServerSpanCostTests
{
    [Fact]
    public void A_host_header_is_read_anew_when_it_changes()
    {
        Assert.Equal(("shop.example", 8080), (HostParts.Of(new("shop.example:8080")).Name, HostParts.Of(new("shop.example:8080")).Port));
        Assert.Equal(("other.example", null), (HostParts.Of(new("other.example")).Name, HostParts.Of(new("other.example")).Port));
    }

    [Theory]
    [InlineData("shop.example", "shop.example", 80, true)]
    [InlineData("shop.example", "shop.example", 8080, false)]
    [InlineData("shop.example:8080", "shop.example", 8080, true)]
    [InlineData("shop.example:8080", "shop.example", 80, false)]
    [InlineData("shop.example.org", "shop.example", 80, false)]
    [InlineData("other.example", "shop.example", 80, false)]
    [InlineData("[::1]:8080", "::1", 8080, true)]
    [InlineData("[::1]", "::1", 80, true)]
    [InlineData("[::12]", "::1", 80, false)]
    [InlineData("[::1", "::1", 80, false)]
    [InlineData("shop.example:", "shop.example", 80, false)]
    [InlineData("shop.example", null, null, false)]
    public void A_host_header_is_compared_with_what_the_span_says(string header, string? name, int? port, bool same) =>
        Assert.Equal(same, HostParts.Match(header, name, port, 80));

    [Fact]
    public void Names_and_numbers_that_were_seen_before_allocate_nothing()
    {
        var names = new EndpointNames(new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse("/items/{id}"), 0, null, null));
        var host = new HostString("shop.example:8080");
        var request = new DefaultHttpContext { Request = { Path = "/items/7" } }.Request;
        request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = "/items/7?q";
        var methods = new KnownMethods("GET,PROPFIND");
        var numbers = new BoxedNumbers();
        var ignored = new IgnoredPaths([]);
        for (var i = 0; i < 1000; i++) Use();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) Use();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Use()
        {
            names.SpanName("GET");
            HostParts.Of(host);
            HostParts.Match(host.Value, "shop.example", 8080, 80);
            UrlPath.Of(request);
            methods.Known("PROPFIND");
            numbers.Box(443);
            ignored.Contains("/items/7");
        }
    }
}
