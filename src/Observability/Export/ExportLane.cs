using System.Diagnostics;
using System.Numerics;
using OpenTelemetry;

namespace Observability.Export;

/// <summary>
/// What went through one exporter of one signal, and what got lost on the way. Lock-free; read by metrics and the health check.
/// </summary>
internal sealed class ExportLane(Signal signal, string exporter, int capacity, Action<ExportLane, long, string?> onFailure, Action<ExportLane> onDrop)
{
    private const int FlushRound = 100;

    private readonly object _leaving = new();
    private long _waiting;
    private long _left;
    private long _dropped;
    private long _exported;
    private long _failed;
    private long _rejected;
    private volatile string? _rejection;
    private volatile string? _fault;
    private int _failingInARow;

    public Signal Signal { get; } = signal;

    public string Exporter { get; } = exporter;

    /// <summary>The most items that may wait; 0 for a signal that is not queued.</summary>
    public int Capacity { get; } = capacity;

    public long Waiting => Math.Max(0, Volatile.Read(ref _waiting));

    /// <summary>How far the exports have to come until all that has entered by now has left.</summary>
    public long Entered
    {
        get
        {
            lock (_leaving) return _left + Waiting;
        }
    }

    public long Dropped => Volatile.Read(ref _dropped);
    public long Exported => Volatile.Read(ref _exported);
    public long Failed => Volatile.Read(ref _failed);

    /// <summary>Exports that failed since the last one that did not.</summary>
    public int FailingInARow => Volatile.Read(ref _failingInARow);

    /// <summary>
    /// Takes a place in the queue, or counts the item as dropped. An item keeps its place until its export has ended, so that
    /// memory is bounded whatever the collector does.
    /// </summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _waiting) <= Capacity) return true;
        Interlocked.Decrement(ref _waiting);
        // Overload is when time is short: the event is raised for the first drop, the second, the fourth, …, the count is always right.
        if (BitOperations.IsPow2(Interlocked.Increment(ref _dropped))) onDrop(this);
        return false;
    }

    public void Leave(long items)
    {
        Interlocked.Add(ref _waiting, -items);
        lock (_leaving)
        {
            _left += items;
            Monitor.PulseAll(_leaving);
        }
    }

    /// <summary>
    /// A flush that is true to its word: it ends when the exports of what had entered have ended. The SDK's own ends when the
    /// last item has been read from the queue, with its export still on the way.
    /// </summary>
    /// <param name="flush">The SDK's flush of the queue; takes milliseconds, -1 for no limit.</param>
    /// <param name="milliseconds">The time for all of it; -1 for no limit.</param>
    public bool Flush(Func<int, bool> flush, int milliseconds)
    {
        var started = Stopwatch.StartNew();
        var target = Entered;
        while (true)
        {
            var remaining = milliseconds < 0 ? Timeout.Infinite : (int)Math.Max(0, milliseconds - started.ElapsedMilliseconds);
            if (!flush(remaining)) return false;
            lock (_leaving)
            {
                // An item that had a place but was not queued yet is only found by another round.
                if (!HasLeft(target)) Monitor.Wait(_leaving, remaining < 0 ? FlushRound : Math.Min(remaining, FlushRound));
                if (HasLeft(target)) return true;
            }
            if (remaining == 0) return false;
        }
    }

    /// <summary>Whether the exports of what had entered then have ended.</summary>
    public bool HasLeft(long entered)
    {
        lock (_leaving) return _left >= entered || Waiting == 0;
    }

    /// <summary>The collector answers the export under way with success, but did not take all of it.</summary>
    public void Reject(long items, string reason)
    {
        _rejection = reason;
        Interlocked.Add(ref _rejected, items);
    }

    /// <summary>Why the export under way is failing, which the SDK's exporters tell only their event source.</summary>
    public void Explain(string fault) => _fault = fault;

    public ExportResult Finish(ExportResult result, long items)
    {
        var rejected = Math.Min(items, Interlocked.Exchange(ref _rejected, 0));
        var fault = _fault;
        _fault = null;
        if (result == ExportResult.Success)
        {
            Interlocked.Add(ref _exported, items - rejected);
            Interlocked.Add(ref _failed, rejected);
            Volatile.Write(ref _failingInARow, 0);
            if (rejected > 0) onFailure(this, rejected, "the collector rejected them: " + _rejection);
        }
        else
        {
            Interlocked.Add(ref _failed, items);
            Interlocked.Increment(ref _failingInARow);
            onFailure(this, items, fault);
        }
        return result;
    }
}
