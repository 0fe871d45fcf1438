using System.Diagnostics;
using OpenTelemetry;

namespace Observability.Propagation;

/// <summary>
/// .NET has two baggages: the activity's own and OpenTelemetry's <see cref="Baggage.Current"/>. What leaves is both together
/// (the latter wins where both have a key); what arrives is put into both.
/// </summary>
internal static class AmbientBaggage
{
    public static Baggage Outgoing(Activity? activity)
    {
        var current = Baggage.Current;
        if (activity is null) return current;
        var own = FromActivity(activity.Baggage);
        if (own.Count == 0) return current;
        foreach (var (key, value) in current) own = own.SetBaggage(key, value);
        return own;
    }

    /// <summary>
    /// Makes the arrived baggage the current one of this flow of execution. Nothing arrived empties it, so that what an earlier request on the
    /// same connection left behind cannot leak into this one.
    /// </summary>
    public static void Arrived(Baggage baggage)
    {
        if (baggage.Count != 0 || Baggage.Current.Count != 0) Baggage.Current = baggage;
    }

    public static Baggage FromActivity(IEnumerable<KeyValuePair<string, string?>> items)
    {
        Dictionary<string, string>? copy = null;
        foreach (var (key, value) in items)
        {
            // The nearest activity's item comes first and hides its ancestors'.
            if (!string.IsNullOrEmpty(key) && value is not null) (copy ??= new(StringComparer.Ordinal)).TryAdd(key, value);
        }
        return copy is null ? default : Baggage.Create(copy);
    }

    public static IEnumerable<KeyValuePair<string, string?>>? ForActivity(Baggage baggage)
    {
        if (baggage.Count == 0) return null;
        var items = new List<KeyValuePair<string, string?>>(baggage.Count);
        foreach (var (key, value) in baggage) items.Add(new(key, value));
        // An activity puts what is added in front of what it has: whoever adds these counts on getting them in reverse.
        items.Reverse();
        return items;
    }
}
