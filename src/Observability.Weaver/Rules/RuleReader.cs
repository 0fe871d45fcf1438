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
        if (Named<T>(value) is { } choice) return choice;
        Fault<string>(key, "one of " + string.Join(", ", Enum.GetNames<T>()));
        return null;
    }

    /// <summary>Flags as a list of names.</summary>
    public T? Choices<T>(string key) where T : struct, Enum
    {
        if (Find(key) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 && value.EnumerateArray().All(item => Named<T>(item) is not null))
            return Enum.Parse<T>(string.Join(',', value.EnumerateArray().Select(item => item.GetString())), ignoreCase: true);
        Fault<string>(key, "a list of " + string.Join(", ", Enum.GetNames<T>()));
        return null;
    }

    public Dictionary<string, string> Map(string key)
    {
        if (Find(key) is not { } value) return [];
        if (value.ValueKind == JsonValueKind.Object && value.EnumerateObject().All(entry => entry.Value.ValueKind == JsonValueKind.String))
            return Once(value, $"{where}.{key}", faults).ToDictionary(entry => entry.Name, entry => entry.Value.GetString()!);
        Fault<string>(key, "an object of texts");
        return [];
    }

    public void RejectTheRest()
    {
        foreach (var key in keys.Keys.Where(key => !_known.Contains(key))) faults.Add($"{where}.{key} is unknown; a rule has {string.Join(", ", _known)}");
    }

    /// <summary>The properties of an object. Of two with one name nobody could say which is meant.</summary>
    public static IEnumerable<JsonProperty> Once(JsonElement json, string where, List<string> faults)
    {
        foreach (var entries in json.EnumerateObject().GroupBy(property => property.Name))
        {
            if (entries.Count() > 1) faults.Add($"{where} has \"{entries.Key}\" more than once; leave one");
            yield return entries.First();
        }
    }

    /// <summary>A value by its name alone: the framework would take its number and a list of names, too.</summary>
    private static T? Named<T>(JsonElement value) where T : struct, Enum =>
        value.ValueKind == JsonValueKind.String && Enum.GetNames<T>().Contains(value.GetString(), StringComparer.OrdinalIgnoreCase) ? Enum.Parse<T>(value.GetString()!, ignoreCase: true) : null;

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
