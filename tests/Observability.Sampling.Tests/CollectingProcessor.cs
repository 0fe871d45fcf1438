using System.Collections.Concurrent;
using System.Diagnostics;
using OpenTelemetry;

namespace Observability.Sampling.Tests;

/// <summary>Collects what an exporter would get: recorded spans with the sampled flag.</summary>
internal sealed class CollectingProcessor(ConcurrentQueue<Activity> exported) : BaseProcessor<Activity>
{
    public CollectingProcessor()
        : this(new ConcurrentQueue<Activity>())
    {
    }

    public ConcurrentQueue<Activity> Exported => exported;

    public override void OnEnd(Activity data)
    {
        if (data.Recorded) exported.Enqueue(data);
    }
}
