using Observability.Prometheus.Naming;

namespace Observability.Prometheus.Catalog;

/// <summary>What is to be exposed under one escaping scheme: families in the order of their names.</summary>
internal sealed class MetricCatalog(FamilyNamer namer, Family[] families, KeyValuePair<string, string>[] target)
{
    public Family[] Families { get; } = families;

    /// <summary>The labels of <c>target_info</c>; empty when it is not exposed.</summary>
    public KeyValuePair<string, string>[] Target { get; } = target;

    public FamilyNamer Namer { get; } = namer;
}
