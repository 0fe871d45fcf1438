using System.Collections.Concurrent;
using System.Diagnostics;
using OpenTelemetry;

namespace Observability.AutoInstrumentation.Spans;

/// <summary>Notes which spans reached the pipeline by themselves while held ones are handed over, so that none is exported twice. Afterwards it does nothing.</summary>
internal sealed class SeenSpans : BaseProcessor<Activity>
{
    private volatile ConcurrentDictionary<Activity, bool>? _seen = new(ReferenceEqualityComparer.Instance);

    public override void OnEnd(Activity data) => _seen?.TryAdd(data, true);

    /// <summary>Whether the span came by; notes it, so that the answer is no only once.</summary>
    public bool TryClaim(Activity activity) => _seen?.TryAdd(activity, true) ?? false;

    public void Forget() => _seen = null;
}
