namespace Observability.Ebpf.Agent.Events;

/// <summary>So many events a second for each tenant, with as many saved up: a tenant that floods loses its own events only.</summary>
internal sealed class RateLimit(int perSecond, TimeProvider time)
{
    private const int Most = 4_096;

    private readonly Dictionary<uint, Bucket> _buckets = [];

    public bool Allows(uint tenant)
    {
        var now = time.GetTimestamp();
        if (!_buckets.TryGetValue(tenant, out var bucket))
        {
            if (_buckets.Count >= Most) _buckets.Clear();
            _buckets[tenant] = bucket = new Bucket { Tokens = perSecond, At = now };
        }
        bucket.Tokens = Math.Min(perSecond, bucket.Tokens + (time.GetElapsedTime(bucket.At, now).TotalSeconds * perSecond));
        bucket.At = now;
        if (bucket.Tokens < 1) return false;
        bucket.Tokens--;
        return true;
    }

    private sealed class Bucket
    {
        public double Tokens { get; set; }

        public long At { get; set; }
    }
}
