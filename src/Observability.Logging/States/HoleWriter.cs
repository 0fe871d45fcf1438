using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Observability.Logging;

/// <summary>One hole of a template: its text in the message, then its attribute, which repeats the text's bytes where it can.</summary>
internal static class HoleWriter
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Text<T>(Line line, Template template, int index, T value)
    {
        if (!TryLiteral(line, template, index)) return;
        var hole = template.Holes[index];
        if (!hole.IsSimple)
        {
            Shaped(line, hole, index, value);
            return;
        }
        var start = line.Position;
        var form = TextValue.Write(line, value, format: null);
        line.Holes.Set(index, start, line.Position - start, Kept(line, form));
    }

    /// <summary>The text of a value that is hidden, padded, formatted or taken apart.</summary>
    private static void Shaped<T>(Line line, TemplateHole hole, int index, T value)
    {
        var start = line.Position;
        if (!hole.Key.IsShown) HiddenValue.Text(line, hole.Key, value);
        else if (hole.Composite is not null) Aligned(line, hole, value);
        else
        {
            var form = TextValue.Write(line, value, hole.Format, hole.Key.IsDestructured);
            line.Holes.Set(index, start, line.Position - start, hole.IsPlain ? Kept(line, form) : ValueForm.Other);
            return;
        }
        line.Holes.Set(index, start, 0, ValueForm.Other);
    }

    /// <summary>A text that the message's own limit cut is not the attribute's.</summary>
    private static ValueForm Kept(Line line, ValueForm form) => line.Position < line.Limit ? form : ValueForm.Other;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Attribute<T>(Line line, Template template, int index, T value)
    {
        var key = template.Holes[index].Key;
        var text = line.Holes[index];
        if (text.Form == ValueForm.Other || !line.Holds(template) || key.Opening.Length + text.Length + Line.KeyRoom > line.Left) Carefully(line, template, key, text, value);
        else if (text.Form == ValueForm.Number) line.Repeat(key.Opening, text.Start, text.Length);
        else line.RepeatQuoted(key.Opening, text.Start, text.Length);
    }

    private static void Carefully<T>(Line line, Template template, Key key, Holes.Span text, T value)
    {
        if (!line.TryTake(key, template)) return;
        if (text.Form == ValueForm.Number && key.Opening.Length + text.Length <= line.Left) line.Repeat(key.Opening, text.Start, text.Length);
        else if (text.Form == ValueForm.Text && key.Opening.Length + text.Length <= line.Left) line.RepeatQuoted(key.Opening, text.Start, text.Length);
        else
        {
            line.Raw(key.Opening);
            if (key.IsShown) JsonValue.Write(line, value, key.IsDestructured);
            else HiddenValue.Attribute(line, key, value);
        }
    }

    /// <summary>A nullable number or the like, whose box is spared.</summary>
    public static void NullableText<T>(Line line, Template template, int index, T? value) where T : struct
    {
        if (value is { } content) Text(line, template, index, content);
        else Text<string?>(line, template, index, null);
    }

    public static void NullableAttribute<T>(Line line, Template template, int index, T? value) where T : struct
    {
        if (value is { } content) Attribute(line, template, index, content);
        else Attribute<string?>(line, template, index, null);
    }

    /// <summary>A sequence that is not held in memory is read once, for the message and the attribute alike.</summary>
    public static object? Snapshot(object? value, int most)
    {
        if (value is null or string or ICollection or not IEnumerable) return value;
        try
        {
            if (DictionaryShape.Entries(value) is { } pairs) return pairs.Take(most).ToList();
            return ((IEnumerable)value).Cast<object?>().Take(most).ToList();
        }
        catch (Exception)
        {
            // Whoever writes the value meets the exception again and names it.
            return value;
        }
    }

    /// <summary>Writes the text before a hole; false when the line is full then and has no room for the value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryLiteral(Line line, Template template, int index)
    {
        var literal = template.Literals[index];
        if (literal.Length >= line.Left) return Fill(line, template, index);
        line.Raw(literal);
        return true;
    }

    /// <summary>Writes the text after the last hole.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LastLiteral(Line line, Template template)
    {
        var literal = template.Literals[^1];
        if (literal.Length == 0) return;
        if (literal.Length < line.Left) line.Raw(literal);
        else JsonText.WriteEncoded(line, literal.Span);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool Fill(Line line, Template template, int index)
    {
        JsonText.WriteEncoded(line, template.Literals[index].Span);
        line.Truncated = true;
        line.Holes.Set(index, 0, 0, ValueForm.Other);
        return false;
    }

    private static void Aligned<T>(Line line, TemplateHole hole, T value)
    {
        if (!typeof(T).IsValueType || hole.Width == 0 || !TryPad(line, hole, value)) Aligned(line, hole, (object?)value);
    }

    /// <summary>Pads a text of plain characters, as those of numbers and dates are, where it stands; false when it has others.</summary>
    private static bool TryPad<T>(Line line, TemplateHole hole, T value)
    {
        var start = line.Position;
        TextValue.Write(line, value, hole.Format, hole.Key.IsDestructured);
        var length = line.Position - start;
        var text = line.Slice(start, length);
        var missing = Math.Max(Math.Abs(hole.Width) - length, 0);
        if (missing > line.Left || text.Contains((byte)'\\') || text.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
        {
            line.Position = start;
            return false;
        }
        line.Free(missing);
        line.Position += missing;
        var place = line.Writable(start, length + missing);
        if (hole.Width < 0) place[length..].Fill((byte)' ');
        else
        {
            place[..length].CopyTo(place[missing..]);
            place[..missing].Fill((byte)' ');
        }
        return true;
    }

    private static void Aligned(Line line, TemplateHole hole, object? value)
    {
        try
        {
            var text = HiddenContent.Text(line, value, hole.Key.IsDestructured) ?? value switch
            {
                null => "(null)",
                string or IFormattable => value,
                IEnumerable items => string.Join(", ", items.Cast<object?>().Take(line.Plan.MaxItems * 64).Select(item => item?.ToString() ?? "(null)")),
                _ => value,
            };
            TextValue.Put(line, string.Format(CultureInfo.InvariantCulture, hole.Composite!, text));
        }
        catch (Exception fault)
        {
            Faulty.Write(line, value!, fault);
        }
    }
}
