namespace Observability.Sampling;

/// <summary>
/// Limits kept traces per second by raising the threshold. A token bucket whose level may fall below zero; the deeper
/// the debt, the smaller the probability: e^-debt. The level settles where kept traces and tokens balance, whatever the
/// load, so no load has to be measured. The probability never depends on the trace that is judged: adjusted counts stay valid.
/// </summary>
/// <remarks>
/// The state is one number, the time at which the bucket is full enough again (as in the generic cell rate algorithm).
/// Dropped traces only read it, so threads do not contend for it under load: at most the limit is written a second.
/// </remarks>
internal sealed class AdaptiveLimit
{
    /// <summary>Below e^-40 there is no threshold left; debt beyond would only delay the recovery.</summary>
    private const double MaxDebt = 40;

    private readonly TimeProvider _time;
    private readonly double _ticksPerToken;
    private readonly double _ticksPerFold;
    private readonly long _burstTicks;
    private long _balancedAt;
    private CachedThreshold _cached = new(Threshold.Zero);

    public AdaptiveLimit(double perSecond, double? burst, TimeProvider time)
    {
        PerSecond = perSecond;
        Burst = burst ?? Math.Max(1, perSecond);
        _time = time;
        _ticksPerToken = time.TimestampFrequency / perSecond;
        _burstTicks = (long)(Burst * _ticksPerToken);

        // Ten tokens at least, a quarter of a second's worth otherwise: fewer would let the probability swing with
        // each kept trace, more would let a sudden load overshoot for longer.
        _ticksPerFold = Math.Max(10, perSecond / 4) * _ticksPerToken;
        _balancedAt = time.GetTimestamp() - _burstTicks;
    }

    public double PerSecond { get; }
    public double Burst { get; }

    /// <summary>The threshold of this moment.</summary>
    public long CurrentThreshold()
    {
        var debt = Volatile.Read(ref _balancedAt) - _time.GetTimestamp();
        return debt <= 0 ? Threshold.Zero : Threshold.FromProbability(Math.Max(Math.Exp(-debt / _ticksPerFold), Threshold.MinProbability));
    }

    /// <summary>Pays for a kept trace.</summary>
    public void Charge()
    {
        var now = _time.GetTimestamp();
        var latest = now + (long)(MaxDebt * _ticksPerFold);
        while (true)
        {
            var before = Volatile.Read(ref _balancedAt);
            var after = Math.Min(latest, Math.Max(before, now - _burstTicks) + (long)_ticksPerToken);
            if (Interlocked.CompareExchange(ref _balancedAt, after, before) == before) return;
        }
    }

    /// <summary>The tracestate of a root under this threshold; mostly the one made last.</summary>
    public string RootTraceState(long threshold)
    {
        var cached = Volatile.Read(ref _cached);
        if (cached.Threshold == threshold) return cached.RootTraceState;
        cached = new CachedThreshold(threshold);
        Volatile.Write(ref _cached, cached);
        return cached.RootTraceState;
    }

    private sealed class CachedThreshold(long threshold)
    {
        public long Threshold { get; } = threshold;
        public string RootTraceState { get; } = TraceStateWriter.Write(null, threshold);
    }
}
