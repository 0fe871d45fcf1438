namespace Observability.Prometheus.Tests;

/// <summary>Runs while no other test does: a collection that another thread causes is charged to whoever is measured.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
