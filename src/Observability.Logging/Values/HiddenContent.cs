using System.Collections;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Observability.Logging;

/// <summary>
/// Looks through a value that is written as a structure for something that is hidden. Such a value's own text would show in the message what its attribute hides: the
/// structure stands there as JSON.
/// </summary>
internal static class HiddenContent
{
    private const int Deepest = 16;
    private const int Most = 4_096;

    /// <summary>The structure as JSON when something in it is hidden, or when it is too large to be looked through; null when its own text may be shown.</summary>
    public static string? Text(Line line, object? value, bool destructure)
    {
        if (!IsIn(line, value, destructure)) return null;
        var start = line.Position;
        StructuredValue.Write(line, value, destructure);
        var text = Encoding.UTF8.GetString(line.Slice(start, line.Position - start));
        line.Position = start;
        return text;
    }

    /// <summary>Whether something in the value is hidden. Asked before anything of the value is written.</summary>
    public static bool IsIn(Line line, object? value, bool destructure)
    {
        if (!destructure && value is not (IEnumerable or JsonElement or JsonDocument or JsonNode or (ValueType and not IFormattable))) return false;
        if (value is null or string) return false;
        var left = Most;
        try
        {
            return IsInside(line, value, destructure, ref left);
        }
        catch (Exception)
        {
            // What cannot be read is named in its place by whoever writes the structure.
            line.Path.Clear();
            return true;
        }
    }

    private static bool IsInside(Line line, object? value, bool destructure, ref int left)
    {
        value = JsonTree.Unwrap(value);
        if (value is null || JsonValue.IsScalar(value.GetType()) || !StructuredValue.Is(value, destructure) || line.Path.Contains(value)) return false;
        if (line.Path.Depth == Deepest) return true;
        var mark = line.Path.Here;
        line.Path.Enter(value);
        var found = DictionaryShape.Entries(value) is { } pairs ? IsInPairs(line, pairs, destructure, ref left)
            : value is JsonElement element ? IsInItems(line, element.EnumerateArray(), destructure, ref left)
            : value is IEnumerable items ? !DictionaryShape.IsOfScalars(items) && IsInItems(line, items, destructure, ref left)
            : IsInMembers(line, value, ref left);
        line.Path.Return(mark);
        return found;
    }

    private static bool IsInPairs(Line line, IEnumerable<KeyValuePair<string, object?>> pairs, bool destructure, ref int left)
    {
        foreach (var pair in pairs)
            if (left-- == 0 || line.Plan.Redacted.Hides(pair.Key ?? "") || IsInside(line, pair.Value, destructure, ref left)) return true;
        return false;
    }

    private static bool IsInItems(Line line, IEnumerable items, bool destructure, ref int left)
    {
        foreach (var item in items)
            if (left-- == 0 || IsInside(line, item, destructure, ref left)) return true;
        return false;
    }

    private static bool IsInMembers(Line line, object value, ref int left)
    {
        foreach (var member in ObjectShape.Of(value.GetType()).Members)
        {
            if (left-- == 0 || member.IsRedacted || line.Plan.Redacted.Hides(member.Name)) return true;
            if (!member.IsScalar && IsInside(line, member.Read(value), true, ref left)) return true;
        }
        return false;
    }
}
