using System.Text.Json;

namespace Observability.Weaver.Rules;

/// <summary>Reads the values of one JSON object, each of its own kind, and collects what is wrong.</summary>
internal sealed class RuleReader(IReadOnlyDictionary<string, JsonElement> keys, string where, List<string> faults)
{
    private readonly HashSet<string> _known = [];

    public string? Text(string key) =>
        Find(key) is not { } value ? null
        : value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text
        : Fault<string>(key, "text");

    public bool? Flag(string key)
    {
        if (Find(key) is not { } value) return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        Fault<string>(key, "true or false");
        return null;
    }

    public T? Choice<T>(string key) where T : struct, Enum
    {
        if (Find(key) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.String && Enum.TryParse<T>(value.GetString(), ignoreCase: true, out var choice)) return choice;
        Fault<string>(key, "one of " + string.Join(", ", Enum.GetNames<T>()));
        return null;
    }

    /// <summary>Flags as a list of names.</summary>
    public T? Choices<T>(string key) where T : struct, Enum
    {
        if (Find(key) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Array && Enum.TryParse<T>(string.Join(',', value.EnumerateArray().Select(item => item.ToString())), ignoreCase: true, out var choices)) return choices;
        Fault<string>(key, "a list of " + string.Join(", ", Enum.GetNames<T>()));
        return null;
    }

    public Dictionary<string, string> Map(string key)
    {
        if (Find(key) is not { } value) return [];
        if (value.ValueKind == JsonValueKind.Object && value.EnumerateObject().All(entry => entry.Value.ValueKind == JsonValueKind.String))
            return value.EnumerateObject().DistinctBy(entry => entry.Name).ToDictionary(entry => entry.Name, entry => entry.Value.GetString()!);
        Fault<string>(key, "an object of texts");
        return [];
    }

    public void RejectTheRest()
    {
        foreach (var key in keys.Keys.Where(key => !_known.Contains(key))) faults.Add($"{where}.{key} is unknown; a rule has {string.Join(", ", _known)}");
    }

    private JsonElement? Find(string key)
    {
        _known.Add(key);
        return keys.TryGetValue(key, out var value) ? value : null;
    }

    private T? Fault<T>(string key, string expected) where T : class
    {
        faults.Add($"{where}.{key} must be {expected}");
        return null;
    }
}
