using Observability.Prometheus.Catalog;

namespace Observability.Prometheus.Rendering;

/// <summary>The query <c>name[]=…</c>: families of which the request names the family or any of its samples.</summary>
internal static class NameFilter
{
    public static bool Includes(string[] names, string name) => Array.IndexOf(names, name) >= 0;

    public static bool Includes(string[] names, Family family)
    {
        var name = family.Name;
        if (Includes(names, name.Base) || Includes(names, name.Sample)) return true;
        string[] suffixes = family.Kind switch
        {
            FamilyKind.Histogram => ["_bucket", "_sum", "_count", "_created"],
            FamilyKind.Summary => ["_sum", "_count", "_created"],
            FamilyKind.Counter => ["_created"],
            _ => [],
        };
        return Array.Exists(suffixes, suffix => Includes(names, name.Base + suffix));
    }
}
