using System.Diagnostics;
using Observability.Diagnostics;
using OpenTelemetry;

namespace Observability.Enrichment;

/// <summary>
/// The last hand on a span before it is exported: hides secrets, keeps the limits, adds the older names of the peer. One pass over the attributes,
/// and no allocation when nothing is to be changed.
/// </summary>
/// <param name="traces">What is hidden and added.</param>
/// <param name="limits">How much a span may carry.</param>
/// <param name="limited">Told how many values were cut and how many attributes, events and links were too many, when any were.</param>
internal sealed class SpanFinish(TracesOptions traces, AttributeLimitOptions limits, Action<int, int, int, int> limited) : BaseProcessor<Activity>
{
    [ThreadStatic]
    private static List<KeyValuePair<string, object?>>? t_changes;

    private readonly ValueRedaction _redaction = new(traces.KeepQueryValues, traces.KeepSqlLiterals);
    private readonly ValueLimit _length = new(limits.ValueLength);

    public override void OnEnd(Activity data)
    {
        if (!data.IsAllDataRequested) return;
        var changes = t_changes ??= [];
        try
        {
            int cuts = 0, dropped = 0;
            Gather(data, changes, ref cuts, ref dropped);
            foreach (var (name, value) in changes) AttributeChange.Apply(data, name, value);
            var (events, links) = SpanLimits.Excess(data, limits);
            if ((cuts | dropped | events | links) != 0) limited(cuts, dropped, events, links);
        }
        catch (Exception failure)
        {
            // Thrown on, it would end the application's own call. A span that could not be cleaned is not exported either.
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            CoreEventSource.Log.Contained("the last hand on a span, which is therefore not exported,", failure.GetType().FullName ?? "");
        }
        finally
        {
            // Holds the application's strings otherwise until the thread's next span.
            changes.Clear();
        }
    }

    /// <summary>Notes the changes; they are made afterwards, because a list that is being walked is not to be written.</summary>
    private void Gather(Activity activity, List<KeyValuePair<string, object?>> changes, ref int cuts, ref int dropped)
    {
        var count = 0;
        object? address = null, port = null;
        foreach (ref readonly var tag in activity.EnumerateTagObjects())
        {
            if (++count > limits.SpanAttributes)
            {
                dropped++;
                changes.Add(new(tag.Key, Kept(activity, tag.Key)));
                continue;
            }
            if (tag.Key is "network.peer.address") address = tag.Value;
            if (tag.Key is "network.peer.port") port = tag.Value;
            var value = Finished(activity, tag.Key, tag.Value, ref cuts);
            if (!ReferenceEquals(value, tag.Value)) changes.Add(new(tag.Key, value));
        }
        if (!traces.LegacyPeerAttributes || count > limits.SpanAttributes) return;
        if (address is not null) changes.Add(new("net.peer.ip", address));
        if (port is not null) changes.Add(new("net.peer.port", port));
    }

    private object? Finished(Activity activity, string name, object? value, ref int cuts) =>
        _length.Apply(_redaction.Apply(name, value, ValueRedaction.IsSql(name) ? SystemOf(activity) : null), ref cuts);

    /// <summary>What stays of a name that is there again beyond the limit; null when none of it does.</summary>
    private object? Kept(Activity activity, string name)
    {
        var (count, cuts) = (0, 0);
        object? kept = null;
        foreach (ref readonly var tag in activity.EnumerateTagObjects())
        {
            if (++count > limits.SpanAttributes) break;
            if (tag.Key == name) kept = Finished(activity, name, tag.Value, ref cuts);
        }
        return kept;
    }

    private static string? SystemOf(Activity activity) => (activity.GetTagItem("db.system.name") ?? activity.GetTagItem("db.system")) as string;
}
