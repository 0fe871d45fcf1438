using System.Text.Json.Nodes;
using YamlDotNet.Serialization;

namespace Observability.Kubernetes.Tests;

/// <summary>YAML as the JSON that the API server would make of it.</summary>
internal static class Yaml
{
    private static readonly IDeserializer Reader = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();

    public static JsonObject Read(string text) => (JsonObject)Node(Reader.Deserialize<object?>(text))!;

    public static IEnumerable<JsonObject> ReadAll(string text) =>
        text.Split("\n---", StringSplitOptions.RemoveEmptyEntries).Select(document => Node(Reader.Deserialize<object?>(document))).OfType<JsonObject>();

    private static JsonNode? Node(object? value) => value switch
    {
        null => null,
        IDictionary<object, object?> map => new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key.ToString()!, Node(pair.Value)))),
        IList<object?> list => new JsonArray([.. list.Select(Node)]),
        bool flag => flag,
        string text => text,
        IConvertible number => JsonValue.Create(Convert.ToDouble(number, System.Globalization.CultureInfo.InvariantCulture)) is var found && number is not (double or float) ? JsonValue.Create(Convert.ToInt64(number, System.Globalization.CultureInfo.InvariantCulture)) : found,
        _ => value.ToString(),
    };
}
