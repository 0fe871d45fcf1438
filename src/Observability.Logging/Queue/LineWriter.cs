namespace Observability.Logging;

/// <summary>
/// The one thread that writes. What an output refuses is kept and tried again, with growing pauses, from the byte where it
/// stopped; meanwhile the queue fills and drops by level. It never throws.
/// </summary>
internal sealed class LineWriter
{
    private const int IdleTurns = 50;
    private const int IdleMilliseconds = 1_000;
    private const int FirstPause = 20;
    private const int LongestPause = 1_000;
    private const byte Newline = (byte)'\n';

    private readonly SegmentRing _ring;
    private readonly WriterSignal _signal;
    private readonly LineSink _sink;
    private readonly LoggingHealth _health;
    private readonly Func<bool, ReadOnlyMemory<byte>> _reports;
    private readonly int _linger;
    private readonly Thread _thread;
    private long _giveUpAt = long.MaxValue;
    private volatile bool _stopping;
    private volatile bool _givenUp;
    private int _inHand;
    private bool _failing;
    private long _lastFlush;

    /// <param name="ring">Where lines wait.</param>
    /// <param name="signal">How this thread is woken.</param>
    /// <param name="sink">Where lines go.</param>
    /// <param name="health">Where failures are told.</param>
    /// <param name="reports">Lines about lines: what was dropped or suppressed since the last call; true at the end.</param>
    /// <param name="linger">Milliseconds between two looks for lines.</param>
    public LineWriter(SegmentRing ring, WriterSignal signal, LineSink sink, LoggingHealth health, Func<bool, ReadOnlyMemory<byte>> reports, int linger)
    {
        _ring = ring;
        _signal = signal;
        _sink = sink;
        _health = health;
        _reports = reports;
        _linger = linger;
        _thread = new Thread(Run) { IsBackground = true, Name = "observability-log-writer" };
    }

    public void Start() => _thread.Start();

    /// <summary>Whether the calling thread is the writer, which must never wait for itself.</summary>
    public bool IsCurrentThread => Thread.CurrentThread == _thread;

    /// <summary>Writes what there is and ends, within the time; false when the output holds the writer, and what it has not taken is given up.</summary>
    public bool Stop(int milliseconds)
    {
        Volatile.Write(ref _giveUpAt, Environment.TickCount64 + milliseconds);
        _stopping = true;
        _signal.Wake();
        if (_thread.Join(milliseconds + 100)) return true;
        GiveUp();
        return false;
    }

    /// <summary>Counts and tells as lost what the output has not taken, and writes none of it any more. Any thread may call it, for the writer may be held by the output.</summary>
    public void GiveUp()
    {
        _givenUp = true;
        // Full fence: the writer sees the flag after it took lines in hand, or they are seen here.
        var lines = (long)Interlocked.Exchange(ref _inHand, 0);
        foreach (var segment in _ring.Close()) lines += segment.Complete().Count(Newline);
        _health.Lost(_sink, lines);
        _signal.Ended();
    }

    private void Run()
    {
        Prepare();
        var idle = 0;
        var lastPartial = 0L;
        var hurried = false;
        while (true)
        {
            var stopping = _stopping;
            var flush = _signal.FlushAsked;
            var now = Environment.TickCount64;
            // The current block is taken at most once a turn, which keeps writes large; a flush takes it at once.
            var partial = stopping || flush != _lastFlush || hurried || now - lastPartial >= _linger;
            if (partial) lastPartial = now;
            var any = Drain(partial);
            if (_givenUp) break;
            any |= Report(stopping);
            if (partial) Done(flush);
            if (stopping && !any) break;
            idle = any ? 0 : partial ? idle + 1 : idle;
            if (stopping) continue;
            hurried = idle < IdleTurns && _signal.Linger(_linger, hurried);
            if (idle >= IdleTurns) _signal.Sleep(() => _ring.Current is { HasBytes: false }, IdleMilliseconds);
        }
        _signal.Ended();
    }

    /// <summary>A sink's first use can take tens of milliseconds, in which a process that dies young would lose its lines.</summary>
    private void Prepare()
    {
        try
        {
            _sink.Prepare();
        }
        catch (Exception fault)
        {
            _health.Contained(typeof(LineWriter), fault);
        }
    }

    private void Done(long flush)
    {
        if (flush == _lastFlush) return;
        _lastFlush = flush;
        _signal.Flushed(flush);
    }

    private bool Drain(bool partial)
    {
        var any = false;
        while (_ring.Take(ref partial) is { } segment)
        {
            any = true;
            Write(segment.Complete());
            _ring.Release(segment);
            _signal.RoomMade();
        }
        return any;
    }

    private bool Report(bool last)
    {
        try
        {
            var lines = _reports(last);
            if (lines.IsEmpty) return false;
            Write(lines.Span);
            return true;
        }
        catch (Exception fault)
        {
            _health.Contained(typeof(LineWriter), fault);
            return false;
        }
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        var pause = FirstPause;
        var at = 0;
        var lines = bytes.Count(Newline);
        Interlocked.Exchange(ref _inHand, lines);
        while (at < bytes.Length && !_givenUp)
        {
            try
            {
                var taken = _sink.Write(bytes[at..]);
                if (taken == 0)
                {
                    if (Environment.TickCount64 >= Volatile.Read(ref _giveUpAt)) GiveUp();
                    continue;
                }
                at += taken;
                if (!Took(ref lines, at < bytes.Length ? bytes.Slice(at - taken, taken).Count(Newline) : lines, taken)) return;
                pause = FirstPause;
                Recovered();
            }
            catch (Exception fault)
            {
                Failed(fault);
                if (_sink.LosesPartialLines) at = bytes[..at].LastIndexOf(Newline) + 1;
                if (Environment.TickCount64 >= Volatile.Read(ref _giveUpAt)) GiveUp();
                else _signal.Pause(pause);
                pause = Math.Min(pause * 2, _stopping ? FirstPause : LongestPause);
            }
        }
        // Given up before they were in hand: nobody else has counted them.
        _health.Lost(_sink, Interlocked.Exchange(ref _inHand, 0));
    }

    /// <summary>Counts lines as written; false when they were given up meanwhile.</summary>
    private bool Took(ref int inHand, int lines, int bytes)
    {
        if (Interlocked.CompareExchange(ref _inHand, inHand - lines, inHand) != inHand) return false;
        inHand -= lines;
        _health.Written(lines, bytes);
        return true;
    }

    private void Failed(Exception fault)
    {
        if (_failing) return;
        _failing = true;
        _health.OutputFailed(_sink, fault);
    }

    private void Recovered()
    {
        if (!_failing) return;
        _failing = false;
        LoggingHealth.OutputRecovered(_sink.Name);
    }
}
