namespace Observability.Sampling;

/// <summary>What waits, and the caps on it: memory, traces and age. What does not fit is counted and let go.</summary>
internal sealed class TailBuffer(SamplingTailOptions options, TimeProvider time)
{
    private readonly long _maxBytes = (long)options.MaxMiB << 20;
    private readonly int _maxTraces = options.MaxTraces;
    private readonly long _maxAge = (long)options.MaxAgeSeconds * time.TimestampFrequency;
    private readonly LinkedList<WaitingTrace> _byAge = new();
    private readonly Lock _gate = new();
    private long _bytes;
    private long _lostToMemory;
    private long _lostToTraces;
    private long _lostToAge;

    public long Bytes => Volatile.Read(ref _bytes);
    public long LostToMemory => Volatile.Read(ref _lostToMemory);
    public long LostToTraces => Volatile.Read(ref _lostToTraces);
    public long LostToAge => Volatile.Read(ref _lostToAge);

    public int Traces
    {
        get
        {
            lock (_gate) return _byAge.Count;
        }
    }

    /// <summary>Lets a trace wait; false when too many do. A trace that found no place still learns of its errors.</summary>
    public bool TryEnter(WaitingTrace trace)
    {
        lock (_gate)
        {
            if (_byAge.Count >= _maxTraces) return false;
            trace.Node = _byAge.AddLast(trace);
            return true;
        }
    }

    public bool TryReserve(long bytes)
    {
        if (Interlocked.Add(ref _bytes, bytes) <= _maxBytes) return true;
        Interlocked.Add(ref _bytes, -bytes);
        return false;
    }

    public void Leave(WaitingTrace trace)
    {
        Interlocked.Add(ref _bytes, -trace.TakeBytes());
        lock (_gate)
        {
            if (trace.Node is { List: not null } node) _byAge.Remove(node);
        }
    }

    /// <summary>The oldest trace, if it has waited too long at that time, or at all with a time at the end of time.</summary>
    public WaitingTrace? Overdue(long now)
    {
        lock (_gate)
        {
            return _byAge.First is { Value: var oldest } && (now == long.MaxValue || now - oldest.Since >= _maxAge) ? oldest : null;
        }
    }

    public void CountLostToMemory() => Interlocked.Increment(ref _lostToMemory);
    public void CountLostToTraces() => Interlocked.Increment(ref _lostToTraces);
    public void CountLostToAge(int spans) => Interlocked.Add(ref _lostToAge, spans);
}
