using System.Diagnostics;

namespace Observability.Sampling;

/// <summary>The spans of one local root that ended before it. Guarded by its own lock.</summary>
internal sealed class WaitingTrace(Activity root, long since)
{
    private readonly List<Activity> _spans = [];
    private long _bytes;

    public Activity Root { get; } = root;
    public long Since { get; } = since;
    public LinkedListNode<WaitingTrace>? Node { get; set; }
    public bool HasError { get; private set; }
    public TailVerdict Verdict { get; private set; }

    public void Note(Activity span) => HasError |= span.Status == ActivityStatusCode.Error;

    public void Add(Activity span, long bytes)
    {
        _spans.Add(span);
        _bytes += bytes;
    }

    /// <summary>The memory to give back, once.</summary>
    public long TakeBytes() => Interlocked.Exchange(ref _bytes, 0);

    /// <summary>Ends the wait and hands out what waited.</summary>
    public Activity[] Close(TailVerdict verdict)
    {
        Verdict = verdict;
        var spans = _spans.ToArray();
        _spans.Clear();
        return spans;
    }
}
