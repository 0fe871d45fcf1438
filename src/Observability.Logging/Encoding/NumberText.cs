using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Observability.Logging;

/// <summary>Numbers as text: the invariant culture's shortest form, which is JSON's too unless the number is not finite.</summary>
internal static class NumberText
{
    private const int Longest = 64;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write<T>(Line line, T value) where T : IUtf8SpanFormattable
    {
        value.TryFormat(line.Free(Longest), out var written, default, CultureInfo.InvariantCulture);
        line.Position += written;
    }

    /// <summary>A whole number. Those below 100,000, which most are, are written digit by digit: that takes a third of the time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Integer(Line line, long value)
    {
        if ((ulong)value < 100_000) Small(line, (uint)value);
        else Write(line, value);
    }

    /// <summary>Writes a double and returns whether it is a JSON number.</summary>
    public static bool Double(Line line, double value)
    {
        if (!Thousandths(line, value)) Write(line, value);
        return double.IsFinite(value);
    }

    /// <summary>Writes a number when it is not finite as a string, as JSON has no such number.</summary>
    public static void Floating<T>(Line line, T value) where T : INumberBase<T>, IUtf8SpanFormattable
    {
        var quoted = !T.IsFinite(value);
        if (quoted) line.Byte((byte)'"');
        Write(line, value);
        if (quoted) line.Byte((byte)'"');
    }

    private static void Small(Line line, uint value)
    {
        var digits = value < 10 ? 1 : value < 100 ? 2 : value < 1_000 ? 3 : value < 10_000 ? 4 : 5;
        ref var target = ref line.Ensure(5);
        for (var at = digits - 1; at >= 0; at--)
        {
            var rest = value / 10;
            Unsafe.Add(ref target, at) = (byte)('0' + value - (rest * 10));
            value = rest;
        }
        line.Position += digits;
    }

    /// <summary>
    /// The quick way for up to nine digits before the point and three after it. Dividing by 1000 rounds correctly, so an equal
    /// quotient proves that the decimal is the number's, and with at most 15 digits it is the shortest one.
    /// </summary>
    private static bool Thousandths(Line line, double value)
    {
        var size = Math.Abs(value);
        if (!(size is < 1e9 and >= 1e-3)) return false;
        var thousandths = (long)Math.Round(size * 1000);
        if (thousandths / 1000.0 != size) return false;
        if (value < 0) line.Byte((byte)'-');
        var whole = (uint)(thousandths / 1000);
        var fraction = (uint)(thousandths - (whole * 1000L));
        Integer(line, whole);
        if (fraction == 0) return true;
        var target = line.Free(4);
        target[0] = (byte)'.';
        target[1] = (byte)('0' + (fraction / 100));
        target[2] = (byte)('0' + (fraction / 10 % 10));
        target[3] = (byte)('0' + (fraction % 10));
        line.Position += fraction % 10 != 0 ? 4 : fraction % 100 != 0 ? 3 : 2;
        return true;
    }
}
