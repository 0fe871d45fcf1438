namespace Observability.Sampling;

/// <summary>
/// Limits that live on from one version of the policies to the next while their settings stay the same: a reload must
/// refill no bucket. What the newest version does not use is forgotten.
/// </summary>
internal sealed class LimitStore(TimeProvider time)
{
    private Dictionary<object, object> _previous = [];
    private Dictionary<object, object> _current = [];

    public void BeginVersion()
    {
        _previous = _current;
        _current = [];
    }

    public AdaptiveLimit Adaptive(string rule, double perSecond, double? burst) =>
        Keep((nameof(AdaptiveLimit), rule, perSecond, burst), () => new AdaptiveLimit(perSecond, burst, time));

    public HardLimit Hard(string owner, double perSecond, double burst) =>
        Keep((nameof(HardLimit), owner, perSecond, burst), () => new HardLimit(perSecond, burst, time));

    /// <summary>
    /// What rare operations may take of a limit: half of it at most, so that a flood of names cannot push out the rest, and
    /// ten seconds' worth at once, because rare operations come together (timers, start-up).
    /// </summary>
    public HardLimit? RareShare(AdaptiveLimit? limit) => limit is null ? null : Hard("rare", limit.PerSecond / 2, limit.PerSecond * 5);

    public OperationQuota Quota(string owner, int perWindow, TimeSpan window, int operations, HardLimit? share) =>
        Keep((nameof(OperationQuota), owner, perWindow, window, operations, share), () => new OperationQuota(perWindow, window, operations, share, time));

    private T Keep<T>(object settings, Func<T> make) where T : class
    {
        if (_current.TryGetValue(settings, out var kept)) return (T)kept;
        var value = _previous.TryGetValue(settings, out kept) ? (T)kept : make();
        _current[settings] = value;
        return value;
    }
}
