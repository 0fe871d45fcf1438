using System.Diagnostics;

namespace Observability.Enrichment;

/// <summary>Puts a changed attribute back.</summary>
internal static class AttributeChange
{
    /// <summary>
    /// An activity may hold a name twice (<c>AddTag</c>), and setting it reaches the first only: the others would keep what is to be hidden. They go, one stays.
    /// </summary>
    public static void Apply(Activity activity, string name, object? value)
    {
        var same = 0;
        foreach (ref readonly var tag in activity.EnumerateTagObjects())
            if (tag.Key == name) same++;
        for (; same > 1 && value is not null; same--) activity.SetTag(name, null);
        activity.SetTag(name, value);
    }
}
