namespace Observability.Prometheus.Rendering;

/// <summary>Keeps a few bodies, so that a steady scrape allocates nothing; none much larger than what was needed lately.</summary>
internal sealed class BodyPool
{
    private const int Kept = 4;

    /// <summary>Bodies up to this size may lie about whatever is needed.</summary>
    private const int Small = 1 << 16;

    private readonly Lock _lock = new();
    private readonly ScrapeBody?[] _free = new ScrapeBody?[Kept];
    private int _count;
    private int _needed;

    /// <summary>What the bodies at rest hold.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock) return _free.Sum(body => (long)(body?.Capacity ?? 0));
        }
    }

    /// <summary>A body that its taker must release once.</summary>
    public ScrapeBody Take()
    {
        ScrapeBody? body = null;
        lock (_lock)
        {
            if (_count > 0)
            {
                body = _free[--_count];
                _free[_count] = null;
            }
        }
        body ??= new ScrapeBody(this);
        body.Restart();
        return body;
    }

    public void Return(ScrapeBody body)
    {
        lock (_lock)
        {
            // The largest of the last few dozen: one large body must not be kept for ever, nor given up for one small one.
            _needed = Math.Max(body.Length, _needed - _needed / 16);
            if (_count < Kept) _free[_count++] = body;
            for (var i = _count - 1; i >= 0; i--)
            {
                if (_free[i]!.Capacity <= Math.Max(Small, 2L * _needed)) continue;
                _free[i] = _free[--_count];
                _free[_count] = null;
            }
        }
    }
}
