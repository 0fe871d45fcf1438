using System.Text.Json.Nodes;

namespace Observability.Kubernetes.Tests.Injection;

/// <summary>Carries out a JSON Patch as the API server would: RFC 6902 with "add" and "replace", strictly.</summary>
internal static class AppliedPatch
{
    public static JsonObject To(JsonObject document, JsonArray patch)
    {
        var result = (JsonObject)document.DeepClone();
        foreach (var operation in patch.Cast<JsonObject>())
        {
            var steps = operation["path"]!.GetValue<string>().Split('/')[1..].Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)).ToArray();
            JsonNode owner = result;
            foreach (var step in steps[..^1]) owner = owner is JsonArray array ? array[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]! : owner[step]!;
            Carry(owner, steps[^1], operation["op"]!.GetValue<string>(), operation["value"]!.DeepClone());
        }
        return result;
    }

    private static void Carry(JsonNode owner, string step, string operation, JsonNode value)
    {
        switch (owner, operation)
        {
            case (JsonArray array, "add") when step == "-":
                array.Add(value);
                break;
            case (JsonArray array, "add"):
                array.Insert(int.Parse(step, System.Globalization.CultureInfo.InvariantCulture), value);
                break;
            case (JsonObject item, "replace"):
                Assert.True(item.ContainsKey(step), $"{step} is replaced and was not there");
                item[step] = value;
                break;
            case (JsonObject item, "add"):
                item[step] = value;
                break;
            default:
                Assert.Fail($"{operation} on a {owner.GetType().Name}");
                break;
        }
    }
}
