using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Observability.Logging;

/// <summary>A token bucket for each message template. Templates beyond the most share one bucket.</summary>
internal sealed class TemplateRateLimit(RateLimitOptions options, TimeProvider time)
{
    private const int Most = 4_096;
    private const string Others = "(other templates)";
    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);

    public bool Suppresses(LogLevel level, string template)
    {
        if (level > options.UpTo) return false;
        if (!_buckets.TryGetValue(template, out var bucket))
            bucket = _buckets.GetOrAdd(_buckets.Count < Most ? template : Others, _ => new Bucket(options.Burst, time.GetTimestamp()));
        return !bucket.TryTake(options, time);
    }

    public IEnumerable<(string Template, long Lines)> TakeSuppressed()
    {
        foreach (var (template, bucket) in _buckets)
            if (bucket.TakeSuppressed() is var lines and > 0) yield return (template, lines);
    }

    private sealed class Bucket(double tokens, long since)
    {
        private readonly Lock _lock = new();
        private double _tokens = tokens;
        private long _since = since;
        private long _suppressed;

        public bool TryTake(RateLimitOptions options, TimeProvider time)
        {
            lock (_lock)
            {
                var now = time.GetTimestamp();
                _tokens = Math.Min(options.Burst, _tokens + (time.GetElapsedTime(_since, now).TotalSeconds * options.LinesPerSecond));
                _since = now;
                if (_tokens < 1)
                {
                    _suppressed++;
                    return false;
                }
                _tokens--;
                return true;
            }
        }

        public long TakeSuppressed()
        {
            lock (_lock)
            {
                var suppressed = _suppressed;
                _suppressed = 0;
                return suppressed;
            }
        }
    }
}
