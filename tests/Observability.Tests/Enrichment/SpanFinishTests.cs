using System.Diagnostics;
using System.Text;
using Observability.Enrichment;

namespace Observability.Tests.Enrichment;

public class SpanFinishTests
{
    private readonly TracesOptions _traces = new();
    private readonly AttributeLimitOptions _limits = new();
    private (int Cuts, int Attributes, int Events, int Links) _told;

    [Fact]
    public void Secrets_are_hidden_by_the_kind_of_their_attribute()
    {
        var span = Finished(("url.full", "https://a:b@shop/x?y=z"), ("url.query", "?y=z"), ("http.url", "https://shop/?y=z"), ("http.target", "/x?y=z"), ("db.query.text", "SELECT 'x'"), ("db.statement", "SELECT 1"), ("other", "?y=z 'x'"));
        Assert.Equal(
            ["https://REDACTED:REDACTED@shop/x?y=REDACTED", "?y=REDACTED", "https://shop/?y=REDACTED", "/x?y=REDACTED", "SELECT ?", "SELECT ?", "?y=z 'x'"],
            span.TagObjects.Select(tag => tag.Value));
    }

    [Fact]
    public void The_databases_dialect_decides_what_a_quote_means()
    {
        Assert.Equal("SELECT ?", Finished(("db.query.text", "SELECT \"x\""), ("db.system.name", "mysql")).GetTagItem("db.query.text"));
        Assert.Equal("SELECT \"x\"", Finished(("db.query.text", "SELECT \"x\""), ("db.system.name", "postgresql")).GetTagItem("db.query.text"));
    }

    [Fact]
    public void A_name_that_was_added_twice_hides_nothing_the_second_time()
    {
        using var span = new Activity("a").AddTag("url.query", "a=1").AddTag("url.query", "b=secret").AddTag("c", "1").AddTag("c", "2");
        Finish(span);
        Assert.Equal([new("url.query", "b=REDACTED"), new("c", "1"), new("c", "2")], span.TagObjects);
    }

    [Fact]
    public void What_is_no_string_is_hidden_as_it_would_be_written()
    {
        var span = Finished(("url.full", new Uri("http://u:p@example.com/a?token=s3cret")), ("http.url", new Uri("http://example.com/a")), ("url.query", new object[] { "?a=b", 1 }), ("db.query.text", new StringBuilder("SELECT 'x'")), ("http.target", new Hostile()));
        Assert.Equal("http://REDACTED:REDACTED@example.com/a?token=REDACTED", span.GetTagItem("url.full"));
        Assert.IsType<Uri>(span.GetTagItem("http.url"));
        Assert.Equal(new object[] { "?a=REDACTED", 1 }, span.GetTagItem("url.query"));
        Assert.Equal("SELECT ?", span.GetTagItem("db.query.text"));
        Assert.IsType<Hostile>(span.GetTagItem("http.target"));
    }

    [Fact]
    public void A_span_that_cannot_be_finished_is_not_exported_and_nothing_is_thrown()
    {
        _limits.SpanAttributes = 0;
        using var span = new Activity("a") { IsAllDataRequested = true, ActivityTraceFlags = ActivityTraceFlags.Recorded };
        span.SetTag("k", "v");
        using var finish = new SpanFinish(_traces, _limits, (_, _, _, _) => throw new InvalidOperationException("no"));
        finish.OnEnd(span);
        Assert.False(span.Recorded);
    }

    [Fact]
    public void What_the_user_wants_kept_is_kept()
    {
        (_traces.KeepQueryValues, _traces.KeepSqlLiterals) = (true, true);
        var span = Finished(("url.full", "https://shop/?y=z"), ("url.query", "y=z"), ("db.query.text", "SELECT 'x'"));
        Assert.Equal(["https://shop/?y=z", "y=z", "SELECT 'x'"], span.TagObjects.Select(tag => tag.Value));
    }

    [Fact]
    public void Values_are_cut_at_the_limit_and_counted()
    {
        _limits.ValueLength = 3;
        var span = Finished(("a", "abcd"), ("b", "abc"), ("c", new[] { "abcd", "x", null! }), ("d", "ab\ud83d\ude00"), ("e", 123456));
        Assert.Equal(["abc", "abc", new[] { "abc", "x", null }, "ab", 123456], span.TagObjects.Select(tag => tag.Value));
        Assert.Equal((3, 0, 0, 0), _told);
    }

    [Fact]
    public void What_is_written_as_text_is_cut_as_text()
    {
        _limits.ValueLength = 3;
        var span = Finished(("uri", new Uri("http://shop/")), ("mixed", new object[] { "abcd", 12345, new Uri("http://shop/") }), ("short", new object[] { "abc", 12345 }), ("member", DayOfWeek.Friday), ("number", 123456L), ("hostile", new Hostile()));
        Assert.Equal(["htt", new object[] { "abc", 12345, "htt" }, new object[] { "abc", 12345 }, "Fri", 123456L], span.TagObjects.SkipLast(1).Select(tag => tag.Value));
        Assert.Equal((4, 0, 0, 0), _told);
    }

    [Fact]
    public void Hiding_comes_before_cutting()
    {
        _limits.ValueLength = 20;
        Assert.Equal("https://shop/?y=REDA", Finished(("url.full", "https://shop/?y=zzzzzzzzzzzzzzzzzz")).GetTagItem("url.full"));
    }

    [Fact]
    public void Attributes_beyond_the_limit_go_the_first_ones_stay()
    {
        var span = Finished([.. Enumerable.Range(0, 200).Select(i => ("k" + i, (object)i))]);
        Assert.Equal(Enumerable.Range(0, 128).Select(i => "k" + i), span.TagObjects.Select(tag => tag.Key));
        Assert.Equal((0, 72, 0, 0), _told);
    }

    [Theory]
    [InlineData("k=first,m=second,k=third", "k=first,m=second")]
    [InlineData("k=first,k=second,m=third,k=fourth", "k=second")]
    [InlineData("m=first,n=second,k=third,k=fourth", "m=first,n=second")]
    [InlineData("url.query=a=b,m=second,url.query=c=d", "m=second,url.query=a=REDACTED")]
    public void A_name_that_is_there_again_beyond_the_limit_keeps_what_came_within(string added, string kept)
    {
        _limits.SpanAttributes = 2;
        using var span = new Activity("a");
        foreach (var pair in added.Split(',')) span.AddTag(pair[..pair.IndexOf('=', StringComparison.Ordinal)], pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        Finish(span);
        Assert.Equal(kept.Split(','), span.TagObjects.Select(tag => tag.Key + "=" + tag.Value).Order());
    }

    [Fact]
    public void Events_and_links_beyond_the_limit_are_counted()
    {
        (_limits.SpanEvents, _limits.SpanLinks) = (2, 1);
        using var span = new Activity("a");
        for (var i = 0; i < 5; i++) span.AddEvent(new ActivityEvent("e"));
        span.AddLink(new ActivityLink(default)).AddLink(new ActivityLink(default));
        Finish(span);
        Assert.Equal((0, 0, 3, 1), _told);
    }

    [Fact]
    public void The_older_names_of_the_peer_are_added_when_asked_for()
    {
        Assert.Null(Finished(("network.peer.address", "10.0.0.7")).GetTagItem("net.peer.ip"));
        _traces.LegacyPeerAttributes = true;
        var span = Finished(("network.peer.address", "10.0.0.7"), ("network.peer.port", 80));
        Assert.Equal(("10.0.0.7", 80), (span.GetTagItem("net.peer.ip"), span.GetTagItem("net.peer.port")));
        Assert.Null(Finished(("a", 1)).GetTagItem("net.peer.ip"));
    }

    [Fact]
    public void A_span_that_needs_nothing_costs_nothing()
    {
        _limits.ValueLength = 1_000;
        _traces.LegacyPeerAttributes = true;
        using var finish = Finish();
        using var span = new Activity("a");
        for (var i = 0; i < 20; i++) span.SetTag("k" + i, "v");
        span.SetTag("url.full", "https://shop/a?b=REDACTED").SetTag("url.query", "?b=REDACTED").SetTag("db.query.text", "SELECT a FROM t WHERE b = @p");
        span.AddEvent(new ActivityEvent("e"));
        span.IsAllDataRequested = true;
        for (var i = 0; i < 3; i++) finish.OnEnd(span);
        var before = GC.GetAllocatedBytesForCurrentThread();
        finish.OnEnd(span);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(default, _told);
    }

    private Activity Finished(params (string Name, object Value)[] tags)
    {
        var span = new Activity("a");
        foreach (var (name, value) in tags) span.SetTag(name, value);
        Finish(span);
        return span;
    }

    private void Finish(Activity span)
    {
        using var finish = Finish();
        span.IsAllDataRequested = true;
        finish.OnEnd(span);
    }

    private sealed class Hostile
    {
        public override string ToString() => throw new InvalidOperationException("no text");
    }

    private SpanFinish Finish() => new(_traces, _limits, (cuts, attributes, events, links) => _told = (cuts, attributes, events, links));
}
