namespace Observability.Tests;

/// <summary>Tests of what a whole process shares: its threads, descriptors and memory, the list of its ActivitySources. They run with no other beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
