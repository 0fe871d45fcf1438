using System.Globalization;
using System.Runtime.CompilerServices;

namespace Observability.Logging;

/// <summary>
/// A parameter of a generated state. Its text is that of an interpolated string, which differs from Microsoft.Extensions.Logging's own in two things: null is
/// empty, and an object's text is its own even when it is a collection.
/// </summary>
internal static class GeneratedHoleWriter
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Text<T>(Line line, Template template, int index, T value)
    {
        if (value is not null && (typeof(T).IsValueType || typeof(T) == typeof(string))) HoleWriter.Text(line, template, index, value);
        else Interpolated(line, template, index, value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Attribute<T>(Line line, Template template, int index, T value) => HoleWriter.Attribute(line, template, index, value);

    /// <summary>A parameter that the template does not name.</summary>
    public static void Extra<T>(Line line, Template template, string name, T value)
    {
        var key = template.KeyOf(name, line.Plan.Keys) ?? line.Plan.Keys.Get(name);
        if (!line.TryKey(key)) return;
        if (!key.IsShown) HiddenValue.Attribute(line, key, value);
        else JsonValue.Write(line, value, key.IsDestructured);
    }

    /// <summary>A nullable number or the like, whose box is spared.</summary>
    public static void NullableText<T>(Line line, Template template, int index, T? value) where T : struct
    {
        if (value is { } content) Text(line, template, index, content);
        else Text<string?>(line, template, index, null);
    }

    public static void NullableAttribute<T>(Line line, Template template, int index, T? value) where T : struct => HoleWriter.NullableAttribute(line, template, index, value);

    public static void NullableExtra<T>(Line line, Template template, string name, T? value) where T : struct
    {
        if (value is { } content) Extra(line, template, name, content);
        else Extra<string?>(line, template, name, null);
    }

    private static void Interpolated(Line line, Template template, int index, object? value)
    {
        if (!HoleWriter.TryLiteral(line, template, index)) return;
        var hole = template.Holes[index];
        line.Holes.Set(index, line.Position, 0, ValueForm.Other);
        if (!hole.Key.IsShown)
        {
            HiddenValue.Text(line, hole.Key, value ?? "");
            return;
        }
        try
        {
            var hidden = HiddenContent.Text(line, value, hole.Key.IsDestructured);
            if (hole.Composite is not null) TextValue.Put(line, string.Format(CultureInfo.InvariantCulture, hole.Composite, hidden ?? value));
            else if (hidden is not null) JsonText.Write(line, hidden);
            else if (value is not null) TextValue.Put(line, TextValue.Plain(value, hole.Format));
        }
        catch (Exception fault)
        {
            Faulty.Write(line, value!, fault);
        }
    }
}
