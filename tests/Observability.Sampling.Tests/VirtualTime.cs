namespace Observability.Sampling.Tests;

/// <summary>A clock that stands still until it is moved. Timers fire on the thread that moves it.</summary>
internal sealed class VirtualTime : TimeProvider
{
    private readonly List<VirtualTimer> _timers = [];
    private long _ticks;

    public override long TimestampFrequency => 1_000_000_000;

    public double Seconds => _ticks / 1e9;

    public override long GetTimestamp() => _ticks;

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(_ticks / 100);

    public void Advance(TimeSpan by) => AdvanceTo(_ticks + (long)(by.TotalSeconds * 1e9));

    public void AdvanceTo(double seconds) => AdvanceTo((long)(seconds * 1e9));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state, period);
        timer.Change(dueTime, period);
        lock (_timers) _timers.Add(timer);
        if (dueTime == TimeSpan.Zero) timer.FireUntil(_ticks);
        return timer;
    }

    private void AdvanceTo(long ticks)
    {
        _ticks = ticks;
        if (_timers.Count == 0) return;
        VirtualTimer[] timers;
        lock (_timers) timers = [.. _timers];
        foreach (var timer in timers) timer.FireUntil(ticks);
    }

    private sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state, TimeSpan period) : ITimer
    {
        private long _due = long.MaxValue;
        private TimeSpan _period = period;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _due = dueTime < TimeSpan.Zero ? long.MaxValue : time._ticks + (dueTime.Ticks * 100);
            _period = period;
            return true;
        }

        public void FireUntil(long ticks)
        {
            while (_due <= ticks)
            {
                _due = _period > TimeSpan.Zero ? _due + (_period.Ticks * 100) : long.MaxValue;
                callback(state);
            }
        }

        public void Dispose()
        {
            _due = long.MaxValue;
            lock (time._timers) time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
