using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Observability.Logging;

/// <summary>A value as JSON: numbers as numbers, dates in ISO 8601, collections as arrays, dictionaries as objects, the rest as strings.</summary>
internal static class JsonValue
{
    private static readonly HashSet<Type> s_scalars =
    [
        typeof(string), typeof(decimal), typeof(Half), typeof(Int128), typeof(UInt128), typeof(BigInteger), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly),
        typeof(TimeSpan), typeof(Guid), typeof(byte[]), typeof(Memory<byte>), typeof(ReadOnlyMemory<byte>),
    ];

    /// <summary>Writes a value whose type is known to the compiler, without boxing the common ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write<T>(Line line, T value, bool destructure)
    {
        if (typeof(T) == typeof(string)) String(line, (string?)(object?)value);
        else if (typeof(T) == typeof(int)) NumberText.Write(line, (int)(object)value!);
        else if (typeof(T) == typeof(long)) NumberText.Write(line, (long)(object)value!);
        else if (typeof(T) == typeof(bool)) Boolean(line, (bool)(object)value!);
        else if (typeof(T) == typeof(double)) NumberText.Floating(line, (double)(object)value!);
        else if (typeof(T) == typeof(decimal)) NumberText.Write(line, (decimal)(object)value!);
        else if (typeof(T) == typeof(float)) NumberText.Floating(line, (float)(object)value!);
        else if (typeof(T) == typeof(Half)) NumberText.Floating(line, (Half)(object)value!);
        else if (typeof(T) == typeof(uint)) NumberText.Write(line, (uint)(object)value!);
        else if (typeof(T) == typeof(ulong)) NumberText.Write(line, (ulong)(object)value!);
        else if (typeof(T) == typeof(short)) NumberText.Write(line, (short)(object)value!);
        else if (typeof(T) == typeof(ushort)) NumberText.Write(line, (ushort)(object)value!);
        else if (typeof(T) == typeof(byte)) NumberText.Write(line, (byte)(object)value!);
        else if (typeof(T) == typeof(sbyte)) NumberText.Write(line, (sbyte)(object)value!);
        else if (typeof(T) == typeof(nint)) NumberText.Write(line, (nint)(object)value!);
        else if (typeof(T) == typeof(nuint)) NumberText.Write(line, (nuint)(object)value!);
        else if (typeof(T) == typeof(char)) Character(line, (char)(object)value!);
        else if (typeof(T) == typeof(DateOnly)) Quoted(line, (DateOnly)(object)value!, "O");
        else if (typeof(T) == typeof(TimeOnly)) Quoted(line, (TimeOnly)(object)value!, "O");
        else if (typeof(T) == typeof(Guid)) Quoted(line, (Guid)(object)value!, default);
        else if (typeof(T) == typeof(DateTime)) Quoted(line, (DateTime)(object)value!, "O");
        else if (typeof(T) == typeof(DateTimeOffset)) Quoted(line, (DateTimeOffset)(object)value!, "O");
        else if (typeof(T) == typeof(TimeSpan)) Quoted(line, (TimeSpan)(object)value!, "c");
        else if (typeof(T).IsEnum)
        {
            line.Byte((byte)'"');
            EnumText<T>.Write(line, value);
            line.Byte((byte)'"');
        }
        else Object(line, value, destructure);
    }

    public static void Object(Line line, object? value, bool destructure)
    {
        var start = line.Position;
        try
        {
            if (Scalar(line, value)) return;
            StructuredValue.Write(line, value, destructure);
            line.Plan.Format.EndNested(line, start);
        }
        catch (Exception fault)
        {
            line.Position = start;
            line.Path.Clear();
            line.Byte((byte)'"');
            Faulty.Write(line, value!, fault);
            line.Byte((byte)'"');
        }
    }

    /// <summary>Writes null, a number, a boolean or what is a string by nature; returns false for the rest.</summary>
    public static bool Scalar(Line line, object? value)
    {
        switch (value)
        {
            case null: line.Raw("null"u8); break;
            case string text: String(line, text); break;
            case int number: NumberText.Write(line, number); break;
            case long number: NumberText.Write(line, number); break;
            case bool boolean: Boolean(line, boolean); break;
            case double number: NumberText.Floating(line, number); break;
            case float number: NumberText.Floating(line, number); break;
            case Half number: NumberText.Floating(line, number); break;
            case decimal number: NumberText.Write(line, number); break;
            case short number: NumberText.Write(line, number); break;
            case ushort number: NumberText.Write(line, number); break;
            case byte number: NumberText.Write(line, number); break;
            case sbyte number: NumberText.Write(line, number); break;
            case uint number: NumberText.Write(line, number); break;
            case ulong number: NumberText.Write(line, number); break;
            case nint number: NumberText.Write(line, number); break;
            case nuint number: NumberText.Write(line, number); break;
            case BigInteger or Int128 or UInt128: Wide(line, (IFormattable)value); break;
            case DateTime time: Quoted(line, time, "O"); break;
            case DateTimeOffset time: Quoted(line, time, "O"); break;
            case DateOnly date: Quoted(line, date, "O"); break;
            case TimeOnly time: Quoted(line, time, "O"); break;
            case TimeSpan span: Quoted(line, span, "c"); break;
            case Guid id: Quoted(line, id, default); break;
            case char character: Character(line, character); break;
            case byte[] bytes: Base64(line, bytes); break;
            case ReadOnlyMemory<byte> bytes: Base64(line, bytes.Span); break;
            case Memory<byte> bytes: Base64(line, bytes.Span); break;
            default: return false;
        }
        return true;
    }

    /// <summary>Whether <see cref="Scalar"/> writes all values of the type, or of what it makes nullable; enums are texts as well.</summary>
    public static bool IsScalar(Type type) =>
        type.IsPrimitive || type.IsEnum || s_scalars.Contains(type) || (Nullable.GetUnderlyingType(type) is { } content && IsScalar(content));

    public static void String(Line line, string? text)
    {
        if (text is null)
        {
            line.Raw("null"u8);
            return;
        }
        line.Byte((byte)'"');
        TextValue.Put(line, text);
        line.Byte((byte)'"');
    }

    private static void Character(Line line, char value)
    {
        line.Byte((byte)'"');
        TextValue.Character(line, value);
        line.Byte((byte)'"');
    }

    private static void Boolean(Line line, bool value) => line.Raw(value ? "true"u8 : "false"u8);

    private static void Quoted<T>(Line line, T value, string? format) where T : IUtf8SpanFormattable
    {
        line.Byte((byte)'"');
        value.TryFormat(line.Free(64), out var written, format, CultureInfo.InvariantCulture);
        line.Position += written;
        line.Byte((byte)'"');
    }

    /// <summary>Integers wider than 64 bits are numbers while they fit 64 bits; readers lose the digits of longer ones.</summary>
    private static void Wide(Line line, IFormattable value)
    {
        var text = value.ToString(null, CultureInfo.InvariantCulture);
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) NumberText.Write(line, number);
        else String(line, text);
    }

    /// <summary>RFC 4648 base 64, cut at a whole group when the line has no room for all of it.</summary>
    private static void Base64(Line line, ReadOnlySpan<byte> bytes)
    {
        var fits = Math.Max(line.Left, 0) / 4 * 3;
        if (bytes.Length > fits)
        {
            line.Truncated = true;
            bytes = bytes[..fits];
        }
        line.Byte((byte)'"');
        System.Buffers.Text.Base64.EncodeToUtf8(bytes, line.Free((bytes.Length / 3 * 4) + 4), out _, out var written);
        line.Position += written;
        line.Byte((byte)'"');
    }
}
