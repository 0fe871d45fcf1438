using System.Runtime.CompilerServices;

namespace Observability.Logging;

/// <summary>
/// How producers, flushers and the writer wake each other. A producer looks at one flag, which is set only while the writer sleeps for
/// want of lines; a writer that is busy looks by itself every few milliseconds.
/// </summary>
internal sealed class WriterSignal
{
    private readonly object _monitor = new();
    private volatile bool _sleeping;
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

    /// <summary>The writer waits for the time, for a wake, or for a flush to be asked for.</summary>
    public void Linger(int milliseconds)
    {
        lock (_monitor)
        {
            if (!_woken && _flushAsked == _flushDone) Monitor.Wait(_monitor, milliseconds);
            _woken = false;
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
            if (!_woken && _flushAsked == _flushDone && isEmpty()) Monitor.Wait(_monitor, milliseconds);
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
