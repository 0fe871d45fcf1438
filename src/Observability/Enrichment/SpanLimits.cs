using System.Diagnostics;

namespace Observability.Enrichment;

/// <summary>What of a span exceeds the limits for numbers. Events and links cannot be taken out of an activity again: they are counted here, and left out by the exporters.</summary>
internal static class SpanLimits
{
    /// <summary>How many there are beyond the limits.</summary>
    public static (int Events, int Links) Excess(Activity activity, AttributeLimitOptions limits)
    {
        int events = 0, links = 0;
        foreach (ref readonly var _ in activity.EnumerateEvents()) events++;
        foreach (ref readonly var _ in activity.EnumerateLinks()) links++;
        return (Math.Max(0, events - limits.SpanEvents), Math.Max(0, links - limits.SpanLinks));
    }
}
