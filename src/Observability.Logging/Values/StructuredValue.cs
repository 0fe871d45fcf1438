using System.Collections;
using System.Text.Json;

namespace Observability.Logging;

/// <summary>Collections, dictionaries and destructured objects, bounded in depth, items and bytes; cycles are cut.</summary>
internal static class StructuredValue
{
    /// <summary>Room that one more element needs at least, else the rest is left out.</summary>
    private const int ElementRoom = 32;

    /// <summary>Writes the value, or in its place what it threw: a name and a comma that stand before it must not stay alone.</summary>
    public static void Write(Line line, object? value, bool destructure)
    {
        var (start, mark) = (line.Position, line.Path.Here);
        try
        {
            Contained(line, value, destructure);
        }
        catch (Exception fault)
        {
            line.Position = start;
            line.Path.Return(mark);
            Fault(line, value!, fault);
        }
    }

    private static void Contained(Line line, object? value, bool destructure)
    {
        value = JsonTree.Unwrap(value);
        if (JsonValue.Scalar(line, value)) return;
        if (value is JsonElement element && !JsonTree.IsNested(element)) JsonTree.Scalar(line, element);
        else if (Is(value!, destructure)) Nested(line, value!, destructure);
        else Text(line, value!);
    }

    /// <summary>Whether a value that is unwrapped and no scalar is written as an array or an object.</summary>
    public static bool Is(object value, bool destructure) => value switch
    {
        Enum or Uri or Type or Delegate or Exception => false,
        JsonElement element => JsonTree.IsNested(element),
        IEnumerable => true,
        _ => DictionaryShape.IsPair(value) || (destructure && !ObjectShape.Of(value.GetType()).IsAwaitable),
    };

    private static void Text(Line line, object value)
    {
        line.Byte((byte)'"');
        TextValue.Put(line, TextValue.Plain(value, null));
        line.Byte((byte)'"');
    }

    private static void Nested(Line line, object value, bool destructure)
    {
        if (line.Path.Contains(value))
        {
            line.Raw("\"(cycle)\""u8);
            return;
        }
        if (line.Path.Depth >= line.Plan.MaxDepth || line.Left < ElementRoom)
        {
            line.Truncated = true;
            line.Raw("\"(cut)\""u8);
            return;
        }
        var mark = line.Path.Here;
        line.Path.Enter(value);
        if (DictionaryShape.Entries(value) is { } pairs) Pairs(line, pairs, value, destructure);
        else if (value is JsonElement element) Items(line, element.EnumerateArray(), destructure);
        else if (value is IEnumerable items) Items(line, items, destructure);
        else Members(line, value);
        line.Path.Return(mark);
    }

    private static void Items(Line line, IEnumerable items, bool destructure)
    {
        line.Byte((byte)'[');
        var count = 0;
        try
        {
            foreach (var item in items)
            {
                if (IsFull(line, count)) break;
                if (count++ > 0) line.Byte((byte)',');
                Write(line, item, destructure);
            }
        }
        catch (Exception fault)
        {
            if (count > 0) line.Byte((byte)',');
            Fault(line, items, fault);
        }
        line.Byte((byte)']');
    }

    private static void Pairs(Line line, IEnumerable<KeyValuePair<string, object?>> pairs, object owner, bool destructure)
    {
        var entries = new ObjectText(line);
        try
        {
            foreach (var pair in pairs)
            {
                if (IsFull(line, entries.Asked)) break;
                if (entries.Begin(pair.Key ?? "")) Write(line, pair.Value, destructure);
            }
        }
        catch (Exception fault)
        {
            if (entries.Begin("(error)")) Fault(line, owner, fault);
        }
        entries.End();
    }

    private static void Members(Line line, object value)
    {
        var members = new ObjectText(line);
        foreach (var member in ObjectShape.Of(value.GetType()).Members)
        {
            if (IsFull(line, members.Asked)) break;
            if (!members.Begin(member.Name, member.IsRedacted)) continue;
            object? content;
            try
            {
                content = member.Read(value);
            }
            catch (Exception fault)
            {
                Fault(line, value, fault.InnerException ?? fault);
                continue;
            }
            Write(line, content, true);
        }
        members.End();
    }

    private static bool IsFull(Line line, int count)
    {
        if (count < line.Plan.MaxItems && line.Left >= ElementRoom) return false;
        line.Truncated = true;
        return true;
    }

    private static void Fault(Line line, object value, Exception fault)
    {
        line.Byte((byte)'"');
        Faulty.Write(line, value, fault);
        line.Byte((byte)'"');
    }
}
