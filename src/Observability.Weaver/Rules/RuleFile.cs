using System.Diagnostics;
using System.Text.Json;
using Observability.Weaver.Rules;

namespace Observability.Weaver;

/// <summary>Rules from a JSON file: <c>{ "rules": [ … ], "recipes": [ … ] }</c>; the keys of a rule are the properties of <see cref="WeaveRule"/>.</summary>
public static class RuleFile
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads rules from JSON; comments and trailing commas are allowed. Rules of recipes come first, so that the file's own are louder.</summary>
    /// <exception cref="FormatException">The text is no JSON or says something unknown; the message lists every fault.</exception>
    public static IReadOnlyList<WeaveRule> Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Parse(json, isRecipe: false);
    }

    internal static IReadOnlyList<WeaveRule> Parse(string json, bool isRecipe)
    {
        var faults = new List<string>();
        var rules = new List<WeaveRule>();
        var recipes = new List<WeaveRule>();
        try
        {
            using var document = JsonDocument.Parse(json, Lenient);
            foreach (var (key, value) in Properties(document.RootElement, "the file", faults))
            {
                if (key == "rules" && value.ValueKind == JsonValueKind.Array) rules.AddRange(value.EnumerateArray().Select((rule, index) => Rule(rule, $"rules[{index}]", isRecipe, faults)));
                else if (key == "recipes" && value.ValueKind == JsonValueKind.Array) recipes.AddRange(value.EnumerateArray().SelectMany(recipe => Recipe(recipe, faults)));
                else if (key != "$schema") faults.Add($"\"{key}\" is neither \"rules\" nor \"recipes\" with a list");
            }
        }
        catch (JsonException fault)
        {
            faults.Add(fault.Message.TrimEnd('.'));
        }
        if (faults.Count > 0) throw new FormatException(string.Join('\n', faults.Select(fault => $"OBS7012: the rules cannot be read: {fault}.")));
        return [.. recipes, .. rules];
    }

    private static IEnumerable<WeaveRule> Recipe(JsonElement name, List<string> faults)
    {
        if (name.ValueKind == JsonValueKind.String && WeaveRecipes.Names.Contains(name.GetString())) return WeaveRecipes.Rules(name.GetString()!);
        faults.Add($"{name.GetRawText()} is no recipe; there are {string.Join(", ", WeaveRecipes.Names)}");
        return [];
    }

    private static WeaveRule Rule(JsonElement json, string where, bool isRecipe, List<string> faults)
    {
        var keys = Properties(json, where, faults).ToDictionary();
        var reader = new RuleReader(keys, where, faults);
        var rule = new WeaveRule
        {
            Assembly = reader.Text("assembly") ?? "*",
            Type = reader.Text("type") ?? "*",
            Method = reader.Text("method") ?? "*",
            Parameters = reader.Text("parameters") ?? "*",
            Attribute = reader.Text("attribute"),
            Visibility = reader.Choice<WeaveVisibility>("visibility") ?? WeaveVisibility.Any,
            Members = reader.Choices<WeaveMembers>("members") ?? WeaveMembers.Methods,
            Exclude = reader.Flag("exclude") ?? false,
            Name = reader.Text("name") ?? "{type}.{method}",
            Kind = reader.Choice<ActivityKind>("kind") ?? ActivityKind.Internal,
            Source = reader.Text("source"),
            Tags = reader.Map("tags"),
            Announce = reader.Text("announce"),
            Spans = reader.Flag("spans") ?? true,
            Metrics = reader.Flag("metrics") ?? false,
            IsRecipe = isRecipe,
        };
        reader.RejectTheRest();
        return rule;
    }

    private static IEnumerable<KeyValuePair<string, JsonElement>> Properties(JsonElement json, string where, List<string> faults)
    {
        if (json.ValueKind == JsonValueKind.Object) return RuleReader.Once(json, where, faults).Select(property => KeyValuePair.Create(property.Name, property.Value));
        faults.Add($"{where} is no object");
        return [];
    }
}
