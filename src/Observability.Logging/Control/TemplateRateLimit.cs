using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Observability.Logging;

/// <summary>A token bucket for each message template. Templates beyond the most share one bucket.</summary>
internal sealed class TemplateRateLimit(RateLimitOptions options, TimeProvider time, SuppressionCounts suppressed)
{
    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);

    public bool Suppresses(LogLevel level, string template)
    {
        if (level > options.UpTo) return false;
        if (!_buckets.TryGetValue(template, out var bucket))
            bucket = _buckets.GetOrAdd(_buckets.Count < SuppressionCounts.MostTemplates ? template : SuppressionCounts.OtherTemplates, key => new Bucket(options.Burst, time.GetTimestamp(), suppressed.ByRate(key)));
        return !bucket.TryTake(options, time);
    }

    private sealed class Bucket(double tokens, long since, SuppressionCounts.Count suppressed)
    {
        private readonly Lock _lock = new();
        private double _tokens = tokens;
        private long _since = since;

        public bool TryTake(RateLimitOptions options, TimeProvider time)
        {
            lock (_lock)
            {
                var now = time.GetTimestamp();
                _tokens = Math.Min(options.Burst, _tokens + (time.GetElapsedTime(_since, now).TotalSeconds * options.LinesPerSecond));
                _since = now;
                if (_tokens < 1)
                {
                    suppressed.Add();
                    return false;
                }
                _tokens--;
                return true;
            }
        }
    }
}
