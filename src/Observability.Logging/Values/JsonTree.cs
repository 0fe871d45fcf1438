using System.Text.Json;
using LeafNode = System.Text.Json.Nodes.JsonValue;

namespace Observability.Logging;

/// <summary>Values of System.Text.Json: they are written as the JSON that they are, within the line's caps.</summary>
internal static class JsonTree
{
    /// <summary>What stands for the value: an element, a node that is an object or an array, or a value of another kind.</summary>
    public static object? Unwrap(object? value) => value switch
    {
        JsonDocument document => document.RootElement,
        LeafNode node => Unwrap(node),
        _ => value,
    };

    /// <summary>Writes an element that is neither an object nor an array.</summary>
    public static void Scalar(Line line, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String: JsonValue.String(line, element.GetString()); break;
            case JsonValueKind.Number: Number(line, element); break;
            case JsonValueKind.True: line.Raw("true"u8); break;
            case JsonValueKind.False: line.Raw("false"u8); break;
            default: line.Raw("null"u8); break;
        }
    }

    public static bool IsNested(JsonElement element) => element.ValueKind is JsonValueKind.Object or JsonValueKind.Array;

    public static IEnumerable<KeyValuePair<string, object?>> Members(JsonElement element)
    {
        foreach (var member in element.EnumerateObject()) yield return new(member.Name, member.Value);
    }

    /// <summary>A node may hold an object of the application's, whose JSON is what its serializer makes of it.</summary>
    private static object? Unwrap(LeafNode node)
    {
        if (node.TryGetValue<JsonElement>(out var element)) return element;
        return node.GetValue<object>() is var value and (string or bool or int or long or double or decimal) ? value : JsonElement.Parse(node.ToJsonString());
    }

    /// <summary>A number's own text. One that no double holds, or that is longer than any number needs to be, makes readers refuse the line: it is a string.</summary>
    private static void Number(Line line, JsonElement element)
    {
        const int Longest = 64;
        var text = element.GetRawText();
        if (text.Length <= Longest && element.TryGetDouble(out var number) && double.IsFinite(number)) JsonText.Write(line, text);
        else JsonValue.String(line, text);
    }
}
