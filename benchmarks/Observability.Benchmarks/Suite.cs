namespace Observability.Benchmarks;

/// <summary>One named set of measurements. A type that derives from this is found by itself.</summary>
internal abstract class Suite
{
    public abstract string Name { get; }

    /// <summary>Measures and writes to the report. A quick run ends within 60 seconds.</summary>
    public abstract void Run(Report report, bool quick);

    public static IReadOnlyDictionary<string, Suite> All() =>
        typeof(Suite).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Suite)) && !type.IsAbstract)
            .Select(type => (Suite)Activator.CreateInstance(type)!)
            .OrderBy(suite => suite.Name, StringComparer.Ordinal)
            .ToDictionary(suite => suite.Name);
}
