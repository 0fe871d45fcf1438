using System.Collections.Concurrent;
using System.Diagnostics;

namespace Observability.Ebpf.Slots;

/// <summary>Spans that have been published and have not ended: a kernel event about one becomes an event on it.</summary>
internal sealed class LiveSpans
{
    private const int Most = 100_000;

    private readonly ConcurrentDictionary<ulong, Activity> _spans = new();
    private int _count;

    public void Add(Activity span)
    {
        if (Volatile.Read(ref _count) < Most && _spans.TryAdd(PublishedSpan.SpanOf(span), span)) Interlocked.Increment(ref _count);
    }

    public void Remove(Activity span)
    {
        if (Volatile.Read(ref _count) > 0 && _spans.TryRemove(PublishedSpan.SpanOf(span), out _)) Interlocked.Decrement(ref _count);
    }

    public Activity? Find(ulong span) => _spans.GetValueOrDefault(span);
}
