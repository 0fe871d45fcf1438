using System.Diagnostics.CodeAnalysis;

namespace Observability.Resources;

/// <summary>The resource's attributes as they are found. The first to say something wins: detectors run from the most to the least trusted.</summary>
internal sealed class ResourceFacts
{
    private readonly Dictionary<string, object> _facts = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, object> All => _facts;

    public void Add(string name, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value)) _facts.TryAdd(name, value);
    }

    public void Add(string name, long value) => _facts.TryAdd(name, value);

    public bool Has(string name) => _facts.ContainsKey(name);

    public bool TryGet(string name, [NotNullWhen(true)] out string? value)
    {
        value = _facts.GetValueOrDefault(name) as string;
        return value is not null;
    }
}
