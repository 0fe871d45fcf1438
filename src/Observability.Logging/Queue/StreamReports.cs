using Microsoft.Extensions.Logging;

namespace Observability.Logging;

/// <summary>Lines about lines: what was dropped, and what rate limit and sampling held back. At most one of each a second and template, and one at the end.</summary>
internal sealed class StreamReports(Func<LinePlan> plan, DropCounts dropped, SuppressionCounts suppressed, TimeProvider time)
{
    private static readonly string[] s_levels = ["trace", "debug", "info", "warn", "error", "fatal"];
    private long _lastDrops;
    private long _lastSuppressions;

    public ReadOnlyMemory<byte> Take(bool last)
    {
        var drops = IsDue(ref _lastDrops, last, 1) ? dropped.TakeUnreported() : null;
        var suppressions = IsDue(ref _lastSuppressions, last, 10) ? suppressed.Take() : [];
        if (drops is null && suppressions.Count == 0) return default;
        var lines = new List<byte>();
        if (drops is not null) lines.AddRange(Dropped(drops));
        foreach (var suppression in suppressions) lines.AddRange(Suppressed(suppression));
        return lines.ToArray();
    }

    private bool IsDue(ref long since, bool last, int seconds)
    {
        var now = time.GetTimestamp();
        if (!last && since != 0 && time.GetElapsedTime(since, now) < TimeSpan.FromSeconds(seconds)) return false;
        since = now;
        return true;
    }

    private byte[] Dropped(long[] counts)
    {
        var total = counts.Sum();
        LoggingHealth.Dropped(total);
        var attributes = new List<KeyValuePair<string, object?>> { new("dropped", total) };
        for (var level = LogLevel.Trace; level < LogLevel.None; level++)
            if (counts[(int)level] > 0) attributes.Add(new("dropped_" + s_levels[(int)level], counts[(int)level]));
        return LineComposer.ComposeOwn(plan(), $"{total} log lines were dropped because the queue was full: the output fails, or is slower than the application", "OBS2001", attributes);
    }

    private byte[] Suppressed(Suppression suppression) =>
        LineComposer.ComposeOwn(plan(), $"{suppression.Lines} log lines were held back by {suppression.Reason}", "OBS2009",
            [new("suppressed", suppression.Lines), new("suppressed_by", suppression.Reason), new("suppressed_template", suppression.Template)]);
}
