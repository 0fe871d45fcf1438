namespace Observability.Sampling;

/// <summary>Reports from hot paths: each is said once, or once a minute, however often it happens.</summary>
internal sealed class SamplingNotices(TimeProvider time)
{
    private readonly long _minute = 60 * time.TimestampFrequency;
    private int _randomnessPresumed;
    private long _nextContained = long.MinValue;
    private long _nextRefusal = long.MinValue;
    private long _nextOverflow = long.MinValue;
    private long _refusals;
    private long _failures;

    public long Refusals => Volatile.Read(ref _refusals);
    public long Failures => Volatile.Read(ref _failures);

    public void TraceIdRandomnessPresumed()
    {
        if (_randomnessPresumed == 0 && Interlocked.Exchange(ref _randomnessPresumed, 1) == 0) SamplingEventSource.Log.TraceIdRandomnessPresumed();
    }

    public void Contained(Exception exception)
    {
        Interlocked.Increment(ref _failures);
        if (Due(ref _nextContained)) SamplingEventSource.Log.DecisionFailed(exception.GetType().Name + ": " + exception.Message);
    }

    public void ForceRefused(string why)
    {
        Interlocked.Increment(ref _refusals);
        if (Due(ref _nextRefusal)) SamplingEventSource.Log.ForceRefused(why);
    }

    public void TailOverflow(string what)
    {
        if (Due(ref _nextOverflow)) SamplingEventSource.Log.TailOverflow(what);
    }

    private bool Due(ref long next)
    {
        var now = time.GetTimestamp();
        var due = Volatile.Read(ref next);
        return now >= due && Interlocked.CompareExchange(ref next, now + _minute, due) == due;
    }
}
