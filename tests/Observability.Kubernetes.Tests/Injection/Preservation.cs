using System.Text.Json.Nodes;

namespace Observability.Kubernetes.Tests.Injection;

/// <summary>Append, never overwrite: whatever a pod had, it still has, in its order.</summary>
internal static class Preservation
{
    /// <summary>The variables that may be appended to, with what stands between.</summary>
    private static readonly Dictionary<string, string> Lists = new() { ["DOTNET_STARTUP_HOOKS"] = ":", ["OTEL_RESOURCE_ATTRIBUTES"] = "," };

    public static void Assert(JsonNode? before, JsonNode? after, string path = "")
    {
        switch (before)
        {
            case null:
                break;
            case JsonObject owner:
                Xunit.Assert.True(after is JsonObject, $"{path} is no object any more");
                foreach (var (name, value) in owner) Member(owner, name, value, after!, path);
                break;
            case JsonArray items:
                Xunit.Assert.True(after is JsonArray, $"{path} is no array any more");
                Subsequence(items, (JsonArray)after!, path);
                break;
            default:
                Xunit.Assert.True(JsonNode.DeepEquals(before, after), $"{path} was {before?.ToJsonString()} and is {after?.ToJsonString()}");
                break;
        }
    }

    private static void Member(JsonObject owner, string name, JsonNode? value, JsonNode after, string path)
    {
        if (path == "/metadata/annotations" && name is "observability.dotnet/injected" or "observability.dotnet/reason") return;
        var now = after[name];
        if (name == "value" && owner["name"] is JsonValue variable && Lists.TryGetValue(variable.ToString(), out var separator) && value is JsonValue text && now is JsonValue longer)
            Xunit.Assert.True(longer.ToString() == text.ToString() || text.ToString().Length == 0 || longer.ToString().StartsWith(text + separator, StringComparison.Ordinal), $"{variable} was {text} and is {longer}");
        else
            Assert(value, now, $"{path}/{name}");
    }

    private static void Subsequence(JsonArray before, JsonArray after, string path)
    {
        var at = 0;
        for (var i = 0; i < before.Count; i++)
        {
            // An item that was put in carries a name that no item of the pod has.
            while (at < after.Count - (before.Count - i) && NameOf(after[at]) is { } name && name != NameOf(before[i]) && before.All(item => NameOf(item) != name)) at++;
            Xunit.Assert.True(at < after.Count, $"{path}/{i} is gone");
            Assert(before[i], after[at++], $"{path}/{i}");
        }
    }

    private static string? NameOf(JsonNode? item) => (item as JsonObject)?["name"]?.ToString();
}
