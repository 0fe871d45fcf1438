using System.Diagnostics;

namespace Observability.Ebpf.Slots;

/// <summary>
/// Spans that have been published and have not ended: a kernel event about one becomes an event on it. A fixed table, so that a request allocates nothing; a span that finds no place
/// gets no events in the process, which the agent sends all the same.
/// </summary>
internal sealed class LiveSpans
{
    private const int Places = 1 << 14;

    /// <summary>How far from its own place a span may be.</summary>
    private const int Reach = 16;

    private readonly Activity?[] _spans = new Activity?[Places + Reach];
    private bool _isUsed;

    public void Add(Activity span) => Add(span, PublishedSpan.SpanOf(span));

    /// <param name="span">The span.</param>
    /// <param name="number">Its identity as a number.</param>
    public void Add(Activity span, ulong number)
    {
        var home = HomeOf(number);
        for (var at = home; at < home + Reach; at++)
        {
            var there = Volatile.Read(ref _spans[at]);
            if (ReferenceEquals(there, span)) return;
            if (there is not null || Interlocked.CompareExchange(ref _spans[at], span, null) is not null) continue;
            if (!_isUsed) Volatile.Write(ref _isUsed, true);
            return;
        }
    }

    public void Remove(Activity span)
    {
        // Without an agent nothing is ever published.
        if (!Volatile.Read(ref _isUsed)) return;
        var home = HomeOf(PublishedSpan.SpanOf(span));
        for (var at = home; at < home + Reach; at++)
        {
            // Nobody else puts another there while this one is.
            if (ReferenceEquals(Volatile.Read(ref _spans[at]), span)) Volatile.Write(ref _spans[at], null);
        }
    }

    public Activity? Find(ulong number)
    {
        var home = HomeOf(number);
        for (var at = home; at < home + Reach; at++)
        {
            if (Volatile.Read(ref _spans[at]) is { } span && PublishedSpan.SpanOf(span) == number) return span;
        }
        return null;
    }

    /// <summary>Span identities are random, or ought to be.</summary>
    private static int HomeOf(ulong number) => (int)((number * 0x9E37_79B9_7F4A_7C15) >> 50);
}
