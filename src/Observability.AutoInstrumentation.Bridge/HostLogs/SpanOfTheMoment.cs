using System.Diagnostics;
using System.Reflection;

namespace Observability.AutoInstrumentation.Bridge.HostLogs;

/// <summary>
/// Makes the span in which a message was logged the current one again while the message is written later. A span that has ended cannot be that;
/// one that only bears its identifiers can, and these can be put into one in no other way than into its field.
/// </summary>
internal static class SpanOfTheMoment
{
    private static readonly FieldInfo? SpanId = typeof(Activity).GetField("_spanId", BindingFlags.Instance | BindingFlags.NonPublic) is { } field && field.FieldType == typeof(string) ? field : null;

    /// <summary>False on a runtime that keeps identifiers in another way: who logs within a span has to wait then.</summary>
    public static bool CanReturn => SpanId is not null;

    public static void Return(Activity span) => Activity.Current = span.IsStopped ? Bearer(span) : span;

    private static Activity? Bearer(Activity span)
    {
        if (span.IdFormat != ActivityIdFormat.W3C) return null;
        var bearer = new Activity(span.OperationName).SetIdFormat(ActivityIdFormat.W3C).SetParentId(span.TraceId, span.SpanId, span.ActivityTraceFlags);
        SpanId!.SetValue(bearer, span.SpanId.ToHexString());
        bearer.ActivityTraceFlags = span.ActivityTraceFlags;
        bearer.TraceStateString = span.TraceStateString;
        return bearer;
    }
}
