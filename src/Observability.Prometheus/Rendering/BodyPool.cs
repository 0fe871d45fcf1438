namespace Observability.Prometheus.Rendering;

/// <summary>Keeps a few bodies, so that a steady scrape allocates nothing.</summary>
internal sealed class BodyPool
{
    private const int Kept = 4;
    private readonly Lock _lock = new();
    private readonly Stack<ScrapeBody> _free = new(Kept);

    /// <summary>A body that its taker must release once.</summary>
    public ScrapeBody Take()
    {
        ScrapeBody? body;
        lock (_lock) _free.TryPop(out body);
        body ??= new ScrapeBody(this);
        body.Restart();
        return body;
    }

    public void Return(ScrapeBody body)
    {
        lock (_lock)
        {
            if (_free.Count < Kept) _free.Push(body);
        }
    }
}
