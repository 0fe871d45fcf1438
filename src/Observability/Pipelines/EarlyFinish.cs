using System.Diagnostics;
using Observability.Enrichment;
using OpenTelemetry;

namespace Observability.Pipelines;

/// <summary>
/// Finishes a span before the application's processors see it, because some of them may export it. Where there are none, the last hand comes soon enough.
/// </summary>
internal sealed class EarlyFinish(SpanFinish finish, FollowingProcessors following) : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        if (following.Exist) finish.OnEnd(data);
    }
}
