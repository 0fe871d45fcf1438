using System.Runtime.CompilerServices;

namespace Observability.Logging;

/// <summary>
/// How producers, flushers and the writer wake each other. A producer looks at one flag, which is set only while the writer sleeps for
/// want of lines; a writer that is busy looks by itself every few milliseconds.
/// </summary>
internal sealed class WriterSignal
{
    /// <summary>How long the writer rests after a line that was in a hurry: errors in a row wake it once in this time, not once each.</summary>
    private const int Rest = 1;

    private readonly object _monitor = new();
    private volatile bool _sleeping;
    private volatile bool _lingering;
    private int _hurried;
    private bool _woken;
    private long _flushAsked;
    private long _flushDone;
    private bool _ended;

    /// <summary>Called after each line. The atomic addition before it is a full fence, as is the one in <see cref="Sleep"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void LineArrived()
    {
        if (_sleeping) Wake();
    }

    public void Wake()
    {
        lock (_monitor)
        {
            _woken = true;
            _sleeping = false;
            Monitor.PulseAll(_monitor);
        }
    }

    /// <summary>
    /// Called after a line that may be the last one of a process that is torn down: it is written at once rather than after the linger. Whoever finds the flag up
    /// need not do more: the writer takes it down before it looks for lines.
    /// </summary>
    public void Hurry()
    {
        if (Volatile.Read(ref _hurried) == 0 && Interlocked.Exchange(ref _hurried, 1) == 0 && _lingering) Wake();
    }

    /// <summary>The writer waits for the time, for a wake, for a line in a hurry, or for a flush to be asked for; true when a line was in a hurry.</summary>
    public bool Linger(int milliseconds, bool wasHurried)
    {
        lock (_monitor)
        {
            if (wasHurried && MayWait) Monitor.Wait(_monitor, Rest);
            _lingering = true;
            Interlocked.MemoryBarrier();
            if (MayWait && Volatile.Read(ref _hurried) == 0) Monitor.Wait(_monitor, milliseconds);
            _lingering = false;
            _woken = false;
            return Interlocked.Exchange(ref _hurried, 0) != 0;
        }
    }

    /// <summary>The writer waits before it tries a failing output again; lines and flushes do not cut this short, the end does.</summary>
    public void Pause(int milliseconds)
    {
        lock (_monitor) Monitor.Wait(_monitor, milliseconds);
    }

    /// <summary>The writer waits for a line; <paramref name="isEmpty"/> is asked after the flag is up, so that no line is missed.</summary>
    public void Sleep(Func<bool> isEmpty, int milliseconds)
    {
        lock (_monitor)
        {
            _sleeping = true;
            Interlocked.MemoryBarrier();
            if (MayWait && isEmpty()) Monitor.Wait(_monitor, milliseconds);
            _sleeping = false;
            _woken = false;
        }
    }

    /// <summary>The number of the latest flush asked for; the writer gives it to <see cref="Flushed"/> when it has written what there was.</summary>
    public long FlushAsked
    {
        get
        {
            lock (_monitor) return _flushAsked;
        }
    }

    public void Flushed(long number)
    {
        lock (_monitor)
        {
            if (number == _flushDone) return;
            _flushDone = number;
            Monitor.PulseAll(_monitor);
        }
    }

    private bool MayWait => !_woken && _flushAsked == _flushDone;

    /// <summary>The writer gave room back.</summary>
    public void RoomMade()
    {
        lock (_monitor) Monitor.PulseAll(_monitor);
    }

    public void Ended()
    {
        lock (_monitor)
        {
            _ended = true;
            Monitor.PulseAll(_monitor);
        }
    }

    /// <summary>Waits until all that was accepted before the call is written. False when the time is over or the writer has ended.</summary>
    public bool Flush(int milliseconds)
    {
        var until = Environment.TickCount64 + milliseconds;
        lock (_monitor)
        {
            var number = ++_flushAsked;
            Monitor.PulseAll(_monitor);
            while (_flushDone < number)
            {
                var left = until - Environment.TickCount64;
                if (left <= 0 || _ended) return false;
                Monitor.Wait(_monitor, (int)left);
            }
            return true;
        }
    }

    /// <summary>Waits for the writer to give room back; false when the time is over.</summary>
    public bool WaitForRoom(long until)
    {
        lock (_monitor)
        {
            var left = until - Environment.TickCount64;
            if (left <= 0 || _ended) return false;
            // Room may have come before the lock: waiting in short steps needs no second look under it.
            Monitor.Wait(_monitor, (int)Math.Min(left, 20));
            return true;
        }
    }
}
