namespace Observability.Sampling;

/// <summary>A plain token bucket: so many a second, no more. For grants that carry no probability.</summary>
internal sealed class HardLimit
{
    private readonly TimeProvider _time;
    private readonly long _ticksPerToken;
    private readonly long _burstTicks;
    private long _nextAt;

    /// <param name="perSecond">Grants per second.</param>
    /// <param name="burst">Grants that may be taken at once after idling.</param>
    /// <param name="time">The clock.</param>
    public HardLimit(double perSecond, double burst, TimeProvider time)
    {
        _time = time;
        _ticksPerToken = Math.Max(1, (long)(time.TimestampFrequency / perSecond));
        _burstTicks = (long)(Math.Max(1, burst) * _ticksPerToken);
        _nextAt = time.GetTimestamp() - _burstTicks;
    }

    public bool TryTake()
    {
        var now = _time.GetTimestamp();
        while (true)
        {
            var before = Volatile.Read(ref _nextAt);
            var after = Math.Max(before, now - _burstTicks) + _ticksPerToken;
            if (after > now) return false;
            if (Interlocked.CompareExchange(ref _nextAt, after, before) == before) return true;
        }
    }
}
