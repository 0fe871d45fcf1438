using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Observability.Logging;

/// <summary>
/// A value as part of a message: the text that Microsoft.Extensions.Logging gives it (invariant culture, <c>(null)</c>, collections joined
/// by a comma and a blank).
/// </summary>
internal static class TextValue
{
    /// <summary>Writes a value whose type is known to the compiler, without boxing the common ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ValueForm Write<T>(Line line, T value, string? format, bool destructure = false)
    {
        if (typeof(T) == typeof(string)) return String(line, (string?)(object?)value);
        if (typeof(T) == typeof(char)) return Character(line, (char)(object)value!);
        if (format is null)
        {
            if (typeof(T) == typeof(int)) return Integer(line, (int)(object)value!);
            if (typeof(T) == typeof(long)) return Integer(line, (long)(object)value!);
            if (typeof(T) == typeof(double)) return NumberText.Double(line, (double)(object)value!) ? ValueForm.Number : ValueForm.Text;
            if (typeof(T) == typeof(bool)) return Boolean(line, (bool)(object)value!);
            if (typeof(T) == typeof(uint)) return Integer(line, (uint)(object)value!);
            if (typeof(T) == typeof(short)) return Integer(line, (short)(object)value!);
            if (typeof(T) == typeof(byte)) return Integer(line, (byte)(object)value!);
            if (typeof(T) == typeof(ushort)) return Integer(line, (ushort)(object)value!);
            if (typeof(T) == typeof(sbyte)) return Integer(line, (sbyte)(object)value!);
            if (typeof(T) == typeof(nint)) return Integer(line, (nint)(object)value!);
            if (typeof(T) == typeof(float)) return Floating(line, (float)(object)value!);
            if (typeof(T) == typeof(Half)) return Floating(line, (Half)(object)value!);
            if (typeof(T) == typeof(nuint)) return Number(line, (nuint)(object)value!);
            if (typeof(T) == typeof(ulong)) return Number(line, (ulong)(object)value!);
            if (typeof(T) == typeof(decimal)) return Number(line, (decimal)(object)value!);
            if (typeof(T).IsEnum) return EnumText<T>.Write(line, value);
        }
        if (typeof(T) == typeof(Guid)) return Formattable(line, (Guid)(object)value!, format);
        if (typeof(T) == typeof(DateTime)) return Formattable(line, (DateTime)(object)value!, format);
        if (typeof(T) == typeof(DateTimeOffset)) return Formattable(line, (DateTimeOffset)(object)value!, format);
        if (typeof(T) == typeof(TimeSpan)) return Formattable(line, (TimeSpan)(object)value!, format);
        if (typeof(T) == typeof(int)) return Formattable(line, (int)(object)value!, format);
        if (typeof(T) == typeof(long)) return Formattable(line, (long)(object)value!, format);
        if (typeof(T) == typeof(double)) return Formattable(line, (double)(object)value!, format);
        if (typeof(T) == typeof(decimal)) return Formattable(line, (decimal)(object)value!, format);
        if (typeof(T) == typeof(DateOnly)) return Formattable(line, (DateOnly)(object)value!, format);
        if (typeof(T) == typeof(TimeOnly)) return Formattable(line, (TimeOnly)(object)value!, format);
        if (typeof(T) == typeof(float)) return Formattable(line, (float)(object)value!, format);
        if (typeof(T) == typeof(Half)) return Formattable(line, (Half)(object)value!, format);
        if (typeof(T) == typeof(uint)) return Formattable(line, (uint)(object)value!, format);
        if (typeof(T) == typeof(ulong)) return Formattable(line, (ulong)(object)value!, format);
        if (typeof(T) == typeof(short)) return Formattable(line, (short)(object)value!, format);
        if (typeof(T) == typeof(ushort)) return Formattable(line, (ushort)(object)value!, format);
        if (typeof(T) == typeof(byte)) return Formattable(line, (byte)(object)value!, format);
        if (typeof(T) == typeof(sbyte)) return Formattable(line, (sbyte)(object)value!, format);
        return Object(line, value, format, destructure);
    }

    /// <param name="line">The line.</param>
    /// <param name="value">The value.</param>
    /// <param name="format">The hole's format.</param>
    /// <param name="destructure">Whether the attribute takes the value apart.</param>
    public static ValueForm Object(Line line, object? value, string? format, bool destructure = false)
    {
        switch (value)
        {
            case null:
                line.Raw("(null)"u8);
                return ValueForm.Other;
            case string text: return String(line, text);
            case int number when format is null: return Integer(line, number);
            case long number when format is null: return Integer(line, number);
            case bool boolean when format is null: return Boolean(line, boolean);
            case double number when format is null: return NumberText.Double(line, number) ? ValueForm.Number : ValueForm.Text;
        }
        var start = line.Position;
        var truncated = line.Truncated;
        try
        {
            if (HiddenContent.Text(line, value, destructure) is { } hidden) JsonText.Write(line, hidden);
            else if (value is IEnumerable items) Joined(line, items);
            else Put(line, Plain(value, format));
        }
        catch (Exception fault)
        {
            line.Position = start;
            line.Truncated = truncated;
            Faulty.Write(line, value, fault);
        }
        return ValueForm.Other;
    }

    /// <summary>The text of a value that is neither null nor a collection.</summary>
    public static string Plain(object value, string? format) =>
        (value is IFormattable formattable ? formattable.ToString(format, CultureInfo.InvariantCulture) : value.ToString()) ?? "";

    public static ValueForm String(Line line, string? text)
    {
        if (text is null)
        {
            line.Raw("(null)"u8);
            return ValueForm.Other;
        }
        Put(line, text);
        return ValueForm.Text;
    }

    /// <summary>Writes text after the configured patterns have hidden what they match.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Put(Line line, string text)
    {
        if (line.Plan.Patterns is { } patterns) text = patterns.Apply(text);
        JsonText.Write(line, text);
    }

    private static ValueForm Number<T>(Line line, T value) where T : IUtf8SpanFormattable
    {
        NumberText.Write(line, value);
        return ValueForm.Number;
    }

    /// <summary>Those that are not finite are texts, also in JSON.</summary>
    private static ValueForm Floating<T>(Line line, T value) where T : INumberBase<T>, IUtf8SpanFormattable
    {
        NumberText.Write(line, value);
        return T.IsFinite(value) ? ValueForm.Number : ValueForm.Text;
    }

    public static ValueForm Character(Line line, char value)
    {
        if (line.Plan.Patterns is not null) Put(line, value.ToString());
        else JsonText.Write(line, new ReadOnlySpan<char>(in value));
        return ValueForm.Text;
    }

    private static ValueForm Integer(Line line, long value)
    {
        NumberText.Integer(line, value);
        return ValueForm.Number;
    }

    private static ValueForm Boolean(Line line, bool value)
    {
        line.Raw(value ? "True"u8 : "False"u8);
        return ValueForm.Other;
    }

    /// <summary>A value of the runtime's own that formats itself as plain ASCII for nearly every format.</summary>
    private static ValueForm Formattable<T>(Line line, T value, string? format) where T : struct, IUtf8SpanFormattable, IFormattable
    {
        const int Room = 64;
        try
        {
            var target = line.Free(Room)[..Room];
            if (value.TryFormat(target, out var written, format, CultureInfo.InvariantCulture)
                && written <= line.Left
                && target[..written].IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0
                && target[..written].IndexOfAny((byte)'"', (byte)'\\') < 0)
            {
                line.Position += written;
                return ValueForm.Other;
            }
        }
        catch (FormatException)
        {
            // The general way below writes what happened in place of the value.
        }
        return Object(line, value, format);
    }

    private static void Joined(Line line, IEnumerable items)
    {
        var first = true;
        foreach (var item in items)
        {
            if (!first) line.Raw(", "u8);
            first = false;
            if (line.Left <= 0)
            {
                line.Truncated = true;
                break;
            }
            if (item is null) line.Raw("(null)"u8);
            else Put(line, item.ToString() ?? "");
        }
    }
}
