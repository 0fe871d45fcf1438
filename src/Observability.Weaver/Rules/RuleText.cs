namespace Observability.Weaver;

/// <summary>
/// Rules as short text, for <c>OBSERVABILITY_WEAVE</c>, command lines and MSBuild items:
/// <c>[!] [public] [[assembly]] type [::method] [@attribute]</c>, separated by semicolons. <c>recipe:NAME</c> adds a recipe.
/// </summary>
public static class RuleText
{
    private const string RecipePrefix = "recipe:";

    /// <summary>Reads rules from text.</summary>
    /// <exception cref="FormatException">Some of the text is no rule; the message lists every fault.</exception>
    public static IReadOnlyList<WeaveRule> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var rules = new List<WeaveRule>();
        var faults = new List<string>();
        foreach (var part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.StartsWith(RecipePrefix, StringComparison.Ordinal)) rules.AddRange(Recipe(part, faults));
            else if (ParseOne(part, faults) is { } rule) rules.Add(rule);
        }
        return faults.Count == 0 ? rules : throw new FormatException(string.Join('\n', faults));
    }

    private static WeaveRule? ParseOne(string text, List<string> faults)
    {
        var rest = text;
        var exclude = Taken(ref rest, "!");
        var visibility = Taken(ref rest, "public ") ? WeaveVisibility.Public : WeaveVisibility.Any;
        var assembly = "*";
        if (rest.StartsWith('['))
        {
            var end = rest.IndexOf(']', StringComparison.Ordinal);
            if (end < 0) return Fault(faults, text, "the assembly's closing ] is missing");
            assembly = rest[1..end].Trim();
            rest = rest[(end + 1)..].Trim();
        }
        var attribute = Cut(ref rest, "@");
        var method = Cut(ref rest, "::");
        if (rest.Contains(' ', StringComparison.Ordinal) || rest.Contains(':', StringComparison.Ordinal)) return Fault(faults, text, "a type is a full name such as Contoso.Orders.*");
        if (assembly.Length == 0 || attribute?.Length == 0 || method?.Length == 0) return Fault(faults, text, "a part is empty");
        return new WeaveRule
        {
            Exclude = exclude,
            Visibility = visibility,
            Assembly = assembly,
            Attribute = attribute,
            Method = method ?? "*",
            Type = rest.Length == 0 ? "*" : rest,
        };
    }

    private static IReadOnlyList<WeaveRule> Recipe(string text, List<string> faults)
    {
        var name = text[RecipePrefix.Length..].Trim();
        if (WeaveRecipes.Names.Contains(name)) return WeaveRecipes.Rules(name);
        faults.Add($"OBS7012: \"{text}\" names no recipe; there are {string.Join(", ", WeaveRecipes.Names)}.");
        return [];
    }

    private static bool Taken(ref string rest, string prefix)
    {
        if (!rest.StartsWith(prefix, StringComparison.Ordinal)) return false;
        rest = rest[prefix.Length..].Trim();
        return true;
    }

    private static string? Cut(ref string rest, string separator)
    {
        var at = rest.LastIndexOf(separator, StringComparison.Ordinal);
        if (at < 0) return null;
        var cut = rest[(at + separator.Length)..].Trim();
        rest = rest[..at].Trim();
        return cut;
    }

    private static WeaveRule? Fault(List<string> faults, string text, string why)
    {
        faults.Add($"OBS7012: \"{text}\" is no weaving rule: {why}. Write [!][public ][[assembly]]type[::method][@attribute].");
        return null;
    }
}
