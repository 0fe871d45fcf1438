using Observability.Prometheus.Naming;

namespace Observability.Prometheus.Catalog;

/// <summary>
/// Gives every family names that no other family's samples have. A family claims its name and every suffix that any format may
/// add to it, so that a series is called the same whatever was negotiated.
/// </summary>
internal sealed class NameClaims
{
    private readonly HashSet<string> _claimed = new(StringComparer.Ordinal);

    public NameClaims() => _claimed.UnionWith(["target", "target_info"]);

    /// <summary>The wanted name, or the first of <c>x_gauge</c>, <c>x_gauge_2</c>, … that is free.</summary>
    public FamilyName Claim(FamilyName wanted, FamilyKind kind)
    {
        var name = wanted;
        for (var attempt = 1; !TryClaim(name, kind); attempt++) name = Renamed(wanted, kind, attempt);
        return name;
    }

    private bool TryClaim(FamilyName name, FamilyKind kind)
    {
        var names = Names(name, kind);
        if (names.Any(_claimed.Contains)) return false;
        _claimed.UnionWith(names);
        return true;
    }

    private static FamilyName Renamed(FamilyName name, FamilyKind kind, int attempt)
    {
        var suffix = kind switch
        {
            FamilyKind.Histogram => "_histogram",
            FamilyKind.Summary => "_summary",
            FamilyKind.Counter => "_counter",
            _ => "_gauge",
        };
        if (attempt > 1) suffix += "_" + attempt.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var renamed = name.Base + suffix;
        return new FamilyName(renamed, name.Sample == name.Base ? renamed : renamed + "_total", null);
    }

    private static List<string> Names(FamilyName name, FamilyKind kind)
    {
        var names = new List<string> { name.Base };
        if (name.Sample != name.Base) names.Add(name.Sample);
        string[] suffixes = kind switch
        {
            FamilyKind.Histogram => ["_bucket", "_sum", "_count", "_created"],
            FamilyKind.Summary => ["_sum", "_count", "_created"],
            FamilyKind.Counter => ["_total", "_created"],
            _ => [],
        };
        names.AddRange(suffixes.Select(suffix => name.Base + suffix).Where(full => !names.Contains(full)));
        return names;
    }
}
