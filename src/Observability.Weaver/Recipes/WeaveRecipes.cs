using System.Reflection;

namespace Observability.Weaver;

/// <summary>Built-in rules for libraries that make no spans themselves, each a rule file of its own.</summary>
public static class WeaveRecipes
{
    private const string Prefix = "Observability.Weaver.Recipes.";
    private const string Suffix = ".json";

    private static readonly Assembly Own = typeof(WeaveRecipes).Assembly;

    /// <summary>The names of the recipes, which are the names of the libraries.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Own.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^Suffix.Length])
            .Order(StringComparer.Ordinal)];

    /// <summary>The rules of one recipe.</summary>
    /// <exception cref="ArgumentException">There is no recipe of that name.</exception>
    public static IReadOnlyList<WeaveRule> Rules(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        using var stream = Own.GetManifestResourceStream(Prefix + name + Suffix)
            ?? throw new ArgumentException($"OBS7012: \"{name}\" is no recipe; there are {string.Join(", ", Names)}.", nameof(name));
        using var reader = new StreamReader(stream);
        return RuleFile.Parse(reader.ReadToEnd(), isRecipe: true);
    }
}
