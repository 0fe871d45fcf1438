using System.Collections.Concurrent;
using System.Diagnostics;

namespace Observability.AutoInstrumentation.Bridge.EarlySpans;

/// <summary>
/// Keeps the spans that begin before the agent listens, in the order of their beginning. They are all recorded: what the
/// configured sampler would have said is asked when it is known. Bounded: of more than 4,096 the rest is not made.
/// </summary>
internal sealed class SpanHold : IDisposable
{
    private const int Most = 4_096;

    private readonly ActivityListener _listener;
    private readonly ConcurrentQueue<Activity> _spans = new();
    private int _count;

    private SpanHold()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => !source.Name.StartsWith("Experimental.", StringComparison.OrdinalIgnoreCase) && !source.Name.StartsWith("Private.", StringComparison.OrdinalIgnoreCase),
            Sample = Record,
            ActivityStarted = Keep,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public static SpanHold Begin()
    {
        // As the SDK does when it is loaded: until then a request with a malformed traceparent would get a span of the old format or none, and pass nothing on.
        Activity.DefaultIdFormat = ActivityIdFormat.W3C;
        Activity.ForceDefaultIdFormat = true;
        return new SpanHold();
    }

    /// <summary>How many are held.</summary>
    public int Count => _spans.Count;

    /// <summary>Stops holding and gives away what was held; a second call finds nothing.</summary>
    public IReadOnlyList<Activity> Release()
    {
        Dispose();
        var spans = new List<Activity>();
        while (_spans.TryDequeue(out var span)) spans.Add(span);
        return spans;
    }

    public void Dispose() => _listener.Dispose();

    private ActivitySamplingResult Record(ref ActivityCreationOptions<ActivityContext> options) =>
        Volatile.Read(ref _count) < Most ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.PropagationData;

    private void Keep(Activity activity)
    {
        if (activity.IsAllDataRequested && Interlocked.Increment(ref _count) <= Most) _spans.Enqueue(activity);
    }
}
