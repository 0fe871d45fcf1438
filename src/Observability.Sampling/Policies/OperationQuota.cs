namespace Observability.Sampling;

/// <summary>
/// Grants the first N traces of each operation in a window. A fixed table without locks: an operation takes a slot
/// near its hash; slots that were idle for a whole window are given away; when none is free there is no guarantee.
/// </summary>
/// <remarks>Grants count arrivals, not keeps, so they do not depend on the traces' randomness.</remarks>
internal sealed class OperationQuota
{
    private const int Probes = 8;
    private const int CountBits = 20;
    private const long CountMask = (1L << CountBits) - 1;

    private readonly TimeProvider _time;
    private readonly HardLimit? _share;
    private readonly long _start;
    private readonly long _windowTicks;
    private readonly long[] _operations;
    private readonly long[] _windows;

    /// <param name="perWindow">Grants per operation and window.</param>
    /// <param name="window">The window's length.</param>
    /// <param name="operations">Operations that are remembered; rounded up to a power of two.</param>
    /// <param name="share">What all grants together may take, or null for no bound.</param>
    /// <param name="time">The clock.</param>
    public OperationQuota(int perWindow, TimeSpan window, int operations, HardLimit? share, TimeProvider time)
    {
        PerWindow = perWindow;
        _time = time;
        _share = share;
        _start = time.GetTimestamp();
        _windowTicks = Math.Max(1, (long)(window.TotalSeconds * time.TimestampFrequency));
        var slots = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)operations);
        _operations = new long[slots];
        _windows = new long[slots];
    }

    public int PerWindow { get; }

    public bool TryGrant(ref SpanFacts facts) =>
        facts.IsRehearsal ? WouldGrant(OperationKey.Of(ref facts)) : TryGrant(OperationKey.Of(ref facts));

    public bool TryGrant(long operation)
    {
        var window = CurrentWindow();
        var slot = FindSlot(operation, window);
        return slot >= 0 && TryCount(slot, window) && (_share is null || _share.TryTake());
    }

    private bool WouldGrant(long operation)
    {
        var window = CurrentWindow();
        var slot = Array.IndexOf(_operations, operation);
        return slot < 0 || _windows[slot] >> CountBits != window || (_windows[slot] & CountMask) < PerWindow;
    }

    /// <summary>Counted from 2: 0 marks a slot that nobody used yet, and must look idle in the first window too.</summary>
    private long CurrentWindow() => ((_time.GetTimestamp() - _start) / _windowTicks) + 2;

    private int FindSlot(long operation, long window)
    {
        var mask = _operations.Length - 1;
        var start = (int)(operation & mask);
        var free = -1;
        for (var probe = 0; probe < Probes; probe++)
        {
            var slot = (start + probe) & mask;
            if (Volatile.Read(ref _operations[slot]) == operation) return slot;
            if (free < 0 && Volatile.Read(ref _windows[slot]) >> CountBits < window - 1) free = slot;
        }
        if (free < 0) return -1;
        var held = Volatile.Read(ref _operations[free]);
        var taken = Interlocked.CompareExchange(ref _operations[free], operation, held);
        return taken == held || taken == operation ? free : -1;
    }

    private bool TryCount(int slot, long window)
    {
        while (true)
        {
            var before = Volatile.Read(ref _windows[slot]);
            var count = before >> CountBits == window ? before & CountMask : 0;
            if (count >= PerWindow) return false;
            if (Interlocked.CompareExchange(ref _windows[slot], (window << CountBits) | (count + 1), before) == before) return true;
        }
    }
}
