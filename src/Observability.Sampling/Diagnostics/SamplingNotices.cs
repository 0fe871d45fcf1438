namespace Observability.Sampling;

/// <summary>Reports from hot paths: each is said once, or once a minute, however often it happens.</summary>
internal sealed class SamplingNotices(TimeProvider time)
{
    private readonly long _minute = 60 * time.TimestampFrequency;
    private int _randomnessPresumed;
    private long _nextContained = long.MinValue;
    private long _nextRefusal = long.MinValue;

    public void TraceIdRandomnessPresumed()
    {
        if (_randomnessPresumed == 0 && Interlocked.Exchange(ref _randomnessPresumed, 1) == 0) SamplingEventSource.Log.TraceIdRandomnessPresumed();
    }

    public void Contained(Exception exception)
    {
        if (Due(ref _nextContained)) SamplingEventSource.Log.DecisionFailed(exception.GetType().Name + ": " + exception.Message);
    }

    public void ForceRefused(string why)
    {
        if (Due(ref _nextRefusal)) SamplingEventSource.Log.ForceRefused(why);
    }

    private bool Due(ref long next)
    {
        var now = time.GetTimestamp();
        var due = Volatile.Read(ref next);
        return now >= due && Interlocked.CompareExchange(ref next, now + _minute, due) == due;
    }
}
