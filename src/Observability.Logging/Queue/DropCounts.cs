using Microsoft.Extensions.Logging;

namespace Observability.Logging;

/// <summary>Lines that were not accepted, by level.</summary>
internal sealed class DropCounts
{
    private readonly long[] _counts = new long[(int)LogLevel.None];
    private readonly long[] _reported = new long[(int)LogLevel.None];

    public void Add(LogLevel level) => Interlocked.Increment(ref _counts[Math.Clamp((int)level, 0, _counts.Length - 1)]);

    public long this[LogLevel level] => Interlocked.Read(ref _counts[(int)level]);

    public long Total
    {
        get
        {
            var total = 0L;
            for (var level = LogLevel.Trace; level < LogLevel.None; level++) total += this[level];
            return total;
        }
    }

    /// <summary>What was dropped since the last call, by level, or null when nothing was. One thread at a time.</summary>
    public long[]? TakeUnreported()
    {
        long[]? news = null;
        for (var i = 0; i < _counts.Length; i++)
        {
            var count = Interlocked.Read(ref _counts[i]);
            if (count == _reported[i]) continue;
            (news ??= new long[_counts.Length])[i] = count - _reported[i];
            _reported[i] = count;
        }
        return news;
    }
}
