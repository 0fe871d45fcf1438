using System.Text.Json;
using System.Text.Json.Nodes;

namespace Observability.Kubernetes.Injection;

/// <summary>Reads JSON that may be of any shape: what is not as expected is not there.</summary>
internal static class JsonReading
{
    public static JsonObject? Object(this JsonObject? parent, string name) => parent?[name] as JsonObject;

    public static JsonArray? Array(this JsonObject? parent, string name) => parent?[name] as JsonArray;

    public static IEnumerable<JsonObject> Objects(this JsonObject? parent, string name) => parent.Array(name)?.OfType<JsonObject>() ?? [];

    public static IEnumerable<string> Texts(this JsonObject? parent, string name) =>
        parent.Array(name)?.OfType<JsonValue>().Where(value => value.GetValueKind() == JsonValueKind.String).Select(value => value.GetValue<string>()) ?? [];

    public static string? Text(this JsonObject? parent, string name) =>
        parent?[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    public static long? Number(this JsonObject? parent, string name) =>
        parent?[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<long>(out var number) ? number : null;
}
