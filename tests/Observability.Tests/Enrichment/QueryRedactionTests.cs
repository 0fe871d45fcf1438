using Observability.Enrichment;

namespace Observability.Tests.Enrichment;

public class QueryRedactionTests
{
    [Theory]
    [InlineData("https://shop/a?b=1&c=&d", "https://shop/a?b=REDACTED&c=&d")]
    [InlineData("https://shop/a?b=REDACTED&c=*&*", "https://shop/a?b=REDACTED&c=*&*")]
    [InlineData("https://shop/a?*", "https://shop/a?*")]
    [InlineData("https://anna:secret@shop/a", "https://REDACTED:REDACTED@shop/a")]
    [InlineData("https://token@shop:8080/a@b?x=y", "https://REDACTED@shop:8080/a@b?x=REDACTED")]
    [InlineData("https://REDACTED:REDACTED@shop/", "https://REDACTED:REDACTED@shop/")]
    [InlineData("https://shop/cb#access_token=secret&state=1", "https://shop/cb#access_token=REDACTED&state=REDACTED")]
    [InlineData("https://shop/cb?a=1#top", "https://shop/cb?a=REDACTED#top")]
    [InlineData("https://shop/?eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9", "https://shop/?REDACTED")]
    [InlineData("https://shop/?a=b=c;d=e?f=g", "https://shop/?a=REDACTED;d=REDACTED")]
    [InlineData("/a?b=1", "/a?b=REDACTED")]
    [InlineData("https://shop/a/b", "https://shop/a/b")]
    [InlineData("https://a@b:c@shop", "https://REDACTED:REDACTED@shop")]
    [InlineData("", "")]
    [InlineData("?", "?")]
    public void Values_and_credentials_are_hidden(string url, string expected) => Assert.Equal(expected, QueryRedaction.Url(url));

    [Theory]
    [InlineData("?b=1&c", "?b=REDACTED&c")]
    [InlineData("b=1&c=2", "b=REDACTED&c=REDACTED")]
    [InlineData("", "")]
    public void A_query_is_hidden_with_and_without_its_mark(string query, string expected) => Assert.Equal(expected, QueryRedaction.Query(query));

    [Theory]
    [InlineData("https://shop/a/b?c&d=&e=REDACTED#top")]
    [InlineData("https://REDACTED@shop/")]
    public void What_is_clean_costs_nothing(string url)
    {
        QueryRedaction.Url(url);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var same = QueryRedaction.Url(url);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Same(url, same);
    }

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    public void Any_text_is_redacted_once_and_for_all(int seed)
    {
        var random = new Random(seed);
        string[] pieces = ["https://", "shop", "/", "?", "#", "&", ";", "=", "@", ":", "a", "é", "\ud800", "%3D", "REDACTED", "*"];
        for (var round = 0; round < 30_000; round++)
        {
            var url = string.Concat(Enumerable.Range(0, random.Next(16)).Select(_ => pieces[random.Next(pieces.Length)]));
            var once = QueryRedaction.Url(url);
            Assert.Equal(once, QueryRedaction.Url(once));
            Assert.DoesNotContain("=a", once[(once.IndexOfAny(['?', '#']) is var at and >= 0 ? at : once.Length)..], StringComparison.Ordinal);
        }
    }
}
