using Microsoft.Extensions.Logging;

namespace Observability.Logging;

/// <summary>
/// The queue's memory: one block that takes lines, full ones in order, free ones. It is taken lazily up to the budget. As it
/// fills, the lowest levels are refused first: trace and debug at a half, info at three quarters, warn at seven eighths.
/// </summary>
internal sealed class SegmentRing
{
    private readonly Lock _lock = new();
    private readonly Stack<Segment> _free = new();
    private readonly Queue<Segment> _full = new();
    private readonly int _capacity;
    private readonly int _most;
    private int _allocated;
    private Segment? _current;
    private bool _isClosed;
    private volatile int _lowestAdmitted;
    private volatile bool _isUrgent;

    public SegmentRing(int maxBytes, int maxLineBytes)
    {
        _capacity = Math.Clamp((int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)maxBytes / 32), 64 << 10, 256 << 10);
        _capacity = Math.Max(_capacity, maxLineBytes);
        _most = Math.Max(maxBytes / _capacity, 4);
        Advance();
    }

    /// <summary>The block that takes lines; null when the budget is spent.</summary>
    public Segment? Current => Volatile.Read(ref _current);

    public int Capacity => _capacity;

    /// <summary>The lowest level that is let in now.</summary>
    public LogLevel LowestAdmitted => (LogLevel)_lowestAdmitted;

    /// <summary>Whether so much waits that the writer must not linger. Below that, waking it would only take a core from the application in the middle of a burst.</summary>
    public bool IsUrgent => _isUrgent;

    /// <summary>Bytes that wait for the writer.</summary>
    public long Used
    {
        get
        {
            lock (_lock) return _full.Sum(static segment => (long)segment.Used) + (_current?.Used ?? 0);
        }
    }

    /// <summary>Puts a new block in the place of a full one, unless another producer has done so.</summary>
    public void Replace(Segment full)
    {
        lock (_lock)
        {
            // The block may have been written and be current again since the producer found it full.
            if (!ReferenceEquals(_current, full) || !full.IsFull) return;
            _full.Enqueue(full);
            Advance();
        }
    }

    /// <summary>
    /// The next block for the writer: a full one, or with <paramref name="partial"/> the current one as far as it is filled, which
    /// clears <paramref name="partial"/>: what comes after it was not there when the writer began.
    /// </summary>
    public Segment? Take(ref bool partial)
    {
        lock (_lock)
        {
            if (_full.TryDequeue(out var segment)) return segment;
            if (!partial || _current is not { } current || !current.TrySeal()) return null;
            partial = false;
            Advance();
            return current;
        }
    }

    /// <summary>Gives a written block back.</summary>
    public void Release(Segment written)
    {
        lock (_lock)
        {
            _free.Push(written);
            if (_current is null) Advance();
            else Admit();
        }
    }

    /// <summary>Takes no line any more and hands out what waits, of which the writer then gets nothing.</summary>
    public IReadOnlyList<Segment> Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            if (_current is { } current)
            {
                current.Seal();
                _full.Enqueue(current);
            }
            Advance();
            Segment[] waiting = [.. _full];
            _full.Clear();
            return waiting;
        }
    }

    private void Advance()
    {
        Segment? next = null;
        if (!_isClosed && !_free.TryPop(out next) && _allocated < _most)
        {
            next = new Segment(_capacity);
            _allocated++;
        }
        next?.Reset();
        Volatile.Write(ref _current, next);
        Admit();
    }

    private void Admit()
    {
        var used = (_allocated - _free.Count) * 8;
        _isUrgent = used > _most * 2;
        _lowestAdmitted = (int)(_current is null ? LogLevel.None
            : used > _most * 7 ? LogLevel.Error
            : used > _most * 6 ? LogLevel.Warning
            : used > _most * 4 ? LogLevel.Information
            : LogLevel.Trace);
    }
}
