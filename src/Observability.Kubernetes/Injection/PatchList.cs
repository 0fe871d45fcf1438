using System.Text.Json.Nodes;

namespace Observability.Kubernetes.Injection;

/// <summary>
/// Collects the operations of a JSON Patch (RFC 6902) and carries each out on the pod at once, so that what comes later sees what was done
/// and positions are always those that the operation will meet. What stands where it should not is never replaced: FormatException.
/// </summary>
internal sealed class PatchList
{
    public JsonArray Operations { get; } = [];

    /// <summary>Appends to an array of an object; makes the array where there is none.</summary>
    public void Append(JsonObject owner, string array, JsonNode item)
    {
        var items = ArrayOf(owner, array);
        Add($"{PathOf(items)}/-", item);
        items.Add(item.DeepClone());
    }

    /// <summary>Puts an item in front of all others.</summary>
    public void Prepend(JsonObject owner, string array, JsonNode item)
    {
        var items = ArrayOf(owner, array);
        Add($"{PathOf(items)}/0", item);
        items.Insert(0, item.DeepClone());
    }

    /// <summary>Sets a member, whether it is there or not.</summary>
    public void Set(JsonObject owner, string name, string value)
    {
        if (owner.Text(name) is null) AssertAbsent(owner, name);
        var known = owner.ContainsKey(name);
        Operation(known ? "replace" : "add", $"{PathOf(owner)}/{Escaped(name)}", value);
        owner[name] = value;
    }

    /// <summary>The object of that name; made where there is none.</summary>
    public JsonObject ObjectOf(JsonObject owner, string name)
    {
        if (owner[name] is JsonObject found) return found;
        AssertAbsent(owner, name);
        var made = new JsonObject();
        Add($"{PathOf(owner)}/{Escaped(name)}", made);
        owner[name] = made;
        return made;
    }

    private JsonArray ArrayOf(JsonObject owner, string name)
    {
        if (owner[name] is JsonArray found) return found;
        AssertAbsent(owner, name);
        var made = new JsonArray();
        Add($"{PathOf(owner)}/{Escaped(name)}", made);
        owner[name] = made;
        return made;
    }

    private static void AssertAbsent(JsonObject owner, string name)
    {
        if (owner[name] is not null) throw new FormatException($"{PathOf(owner)}/{Escaped(name)} is not what a pod has there.");
    }

    private void Add(string path, JsonNode value) => Operation("add", path, value.DeepClone());

    private void Operation(string operation, string path, JsonNode value) =>
        Operations.Add((JsonNode)new JsonObject { ["op"] = operation, ["path"] = path, ["value"] = value });

    /// <summary>RFC 6901. The pod is the patch's root.</summary>
    private static string PathOf(JsonNode node) => node.Parent switch
    {
        JsonObject parent => $"{PathOf(parent)}/{Escaped(node.GetPropertyName())}",
        JsonArray parent => $"{PathOf(parent)}/{node.GetElementIndex()}",
        _ => "",
    };

    private static string Escaped(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
