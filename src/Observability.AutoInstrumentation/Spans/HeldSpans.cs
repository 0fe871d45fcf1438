using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Observability.AutoInstrumentation.Spans;

/// <summary>
/// Puts the spans that began before the pipeline was there through its sampler, and those that have also ended through its
/// processors. The rest reaches the pipeline by itself when it ends.
/// </summary>
internal static class HeldSpans
{
    public static void HandOver(TracerProvider provider, HeardSources heard, SeenSpans seen, Func<IReadOnlyList<Activity>> release)
    {
        var held = release();
        if (held.Count > 0 && Part<BaseProcessor<Activity>>(provider, "Processor") is { } pipeline)
            Pass(held, Part<Sampler>(provider, "Sampler"), activity =>
            {
                // A source that is not listened to would have made no span; here it has, and only passes the sampler's verdict on to the spans in it.
                if (!heard.Contains(activity.Source)) activity.IsAllDataRequested = false;
                else if (activity.IsStopped && seen.TryClaim(activity)) pipeline.OnEnd(activity);
            });
        seen.Forget();
    }

    /// <summary>The SDK keeps both to itself; the payload carries exactly the version that this is tested with.</summary>
    private static T? Part<T>(TracerProvider provider, string name)
        where T : class => provider.GetType().GetProperty(name, BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)?.GetValue(provider) as T;

    private static void Pass(IReadOnlyList<Activity> held, Sampler? sampler, Action<Activity> deliver)
    {
        // In the order of their beginning, so that a parent's flag is settled before its children ask for it.
        var dropped = new HashSet<ActivitySpanId>();
        foreach (var activity in held)
        {
            // Of a request to a path that makes no spans the mark was taken when it came.
            if (!activity.IsAllDataRequested || dropped.Contains(activity.ParentSpanId) || (sampler is not null && !Keeps(sampler, activity)))
            {
                dropped.Add(activity.SpanId);
                activity.IsAllDataRequested = false;
                activity.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            }
            else
            {
                deliver(activity);
            }
        }
    }

    private static bool Keeps(Sampler sampler, Activity activity)
    {
        // A parent of this process was asked before; one from elsewhere brings its own flag.
        if (activity.ParentSpanId != default && !activity.HasRemoteParent) return true;
        var parent = activity.ParentSpanId == default
            ? default
            : new ActivityContext(activity.TraceId, activity.ParentSpanId, FlagsOfParent(activity), activity.TraceStateString, isRemote: true);
        var verdict = sampler.ShouldSample(new SamplingParameters(parent, activity.TraceId, activity.DisplayName, activity.Kind, activity.TagObjects, activity.Links));
        if (verdict.TraceStateString is { } state) activity.TraceStateString = state;
        return verdict.Decision == SamplingDecision.RecordAndSample;
    }

    /// <summary>The span's own say that it is recorded, as all that are held are; the parent's stand at the end of its identifier.</summary>
    private static ActivityTraceFlags FlagsOfParent(Activity activity) =>
        activity.ParentId is { Length: >= 2 } parent && byte.TryParse(parent.AsSpan(parent.Length - 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var flags)
            ? (ActivityTraceFlags)(flags & (byte)ActivityTraceFlags.Recorded)
            : activity.ActivityTraceFlags;
}
