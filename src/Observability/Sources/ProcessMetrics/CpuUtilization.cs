namespace Observability.Sources.ProcessMetrics;

/// <summary>
/// The share of the available processors that was used since the measurement before, in user and in kernel mode. Two readers that collect within
/// a second see the same value: a share over a few milliseconds would be noise.
/// </summary>
internal sealed class CpuUtilization(TimeProvider time, Func<(TimeSpan User, TimeSpan System)> usage, int processors)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private readonly Lock _lock = new();
    private long _at = time.GetTimestamp();
    private (TimeSpan User, TimeSpan System) _before = usage();
    private (double User, double System) _last;

    public (double User, double System) Measure()
    {
        lock (_lock)
        {
            var elapsed = time.GetElapsedTime(_at);
            if (elapsed < Shortest) return _last;
            var now = usage();
            var available = elapsed.TotalSeconds * processors;
            _last = ((now.User - _before.User).TotalSeconds / available, (now.System - _before.System).TotalSeconds / available);
            (_before, _at) = (now, time.GetTimestamp());
            return _last;
        }
    }
}
