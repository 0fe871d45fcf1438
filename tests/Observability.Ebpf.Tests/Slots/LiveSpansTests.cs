using System.Diagnostics;
using Observability.Ebpf.Slots;

namespace Observability.Ebpf.Tests.Slots;

public sealed class LiveSpansTests
{
    [Fact]
    public void A_span_is_found_from_its_publication_until_its_end()
    {
        var live = new LiveSpans();
        var spans = Enumerable.Range(0, 3_000).Select(_ => new Activity("span").Start()).ToList();
        foreach (var span in spans) live.Add(span);
        Assert.All(spans, span => Assert.Same(span, live.Find(PublishedSpan.SpanOf(span))));
        foreach (var span in spans) live.Remove(span);
        Assert.All(spans, span => Assert.Null(live.Find(PublishedSpan.SpanOf(span))));
    }

    [Fact]
    public void More_spans_than_there_is_room_for_are_left_out_and_leave_no_trace()
    {
        var live = new LiveSpans();
        var spans = Enumerable.Range(0, 40_000).Select(_ => new Activity("span").Start()).ToList();
        foreach (var span in spans) live.Add(span);
        Assert.InRange(spans.Count(span => live.Find(PublishedSpan.SpanOf(span)) is not null), 10_000, 16_400);
        foreach (var span in spans) live.Remove(span);
        Assert.DoesNotContain(spans, span => live.Find(PublishedSpan.SpanOf(span)) is not null);
    }

    [Fact]
    public void Publication_and_end_allocate_nothing()
    {
        var live = new LiveSpans();
        var span = new Activity("span").Start();
        live.Add(span);
        live.Remove(span);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            live.Add(span);
            live.Remove(span);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Many_threads_at_once_lose_no_span_of_each_other()
    {
        var live = new LiveSpans();
        Parallel.For(0, 8, _ =>
        {
            for (var i = 0; i < 2_000; i++)
            {
                var span = new Activity("span").Start();
                live.Add(span);
                Assert.Same(span, live.Find(PublishedSpan.SpanOf(span)));
                live.Remove(span);
            }
        });
    }
}
