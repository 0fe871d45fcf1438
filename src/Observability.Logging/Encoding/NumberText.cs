using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Observability.Logging;

/// <summary>Numbers as text: the invariant culture's shortest form, which is JSON's too unless the number is not finite.</summary>
internal static class NumberText
{
    /// <summary>The least number that <see cref="Digits"/> does not write.</summary>
    public const uint TenDigits = 1_000_000_000;

    /// <summary>The most bytes that <see cref="Digits"/> writes.</summary>
    public const int MostDigits = 9;

    private const int Longest = 64;
    private const uint Myriad = 10_000;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write<T>(Line line, T value) where T : IUtf8SpanFormattable
    {
        value.TryFormat(line.Free(Longest), out var written, default, CultureInfo.InvariantCulture);
        line.Position += written;
    }

    /// <summary>A whole number. Those of up to nine digits, which most are, are written here: that takes a fraction of the time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Integer(Line line, long value)
    {
        if ((ulong)value < TenDigits) line.Position += Digits(ref line.Ensure(MostDigits), (uint)value);
        else Write(line, value);
    }

    /// <summary>Writes a number of at most nine digits and returns how many it has.</summary>
    public static int Digits(ref byte target, uint value)
    {
        if (value < Myriad) return UpToFour(ref target, value);
        var myriads = value / Myriad;
        var length = 0;
        if (myriads >= Myriad)
        {
            target = (byte)('0' + (myriads / Myriad));
            Four(ref Unsafe.Add(ref target, 1), myriads % Myriad);
            length = 5;
        }
        else length = UpToFour(ref target, myriads);
        Four(ref Unsafe.Add(ref target, length), value - (myriads * Myriad));
        return length + 4;
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int UpToFour(ref byte target, uint value)
    {
        var hundreds = value / 100;
        if (hundreds == 0) return UpToTwo(ref target, value);
        var length = UpToTwo(ref target, hundreds);
        DigitPair.Write(ref Unsafe.Add(ref target, length), value - (hundreds * 100));
        return length + 2;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int UpToTwo(ref byte target, uint value)
    {
        if (value >= 10)
        {
            DigitPair.Write(ref target, value);
            return 2;
        }
        target = (byte)('0' + value);
        return 1;
    }

    private static void Four(ref byte target, uint value)
    {
        var hundreds = value / 100;
        DigitPair.Write(ref target, hundreds);
        DigitPair.Write(ref Unsafe.Add(ref target, 2), value - (hundreds * 100));
    }

    /// <summary>
    /// The quick way for up to nine digits before the point and three after it. Dividing by 1000 rounds correctly, so an equal
    /// quotient proves that the decimal is the number's, and with at most 15 digits it is the shortest one.
    /// </summary>
    private static bool Thousandths(Line line, double value)
    {
        var size = Math.Abs(value);
        if (!(size is < TenDigits and >= 1e-3)) return false;
        var thousandths = (long)((size * 1000) + 0.5);
        if (thousandths / 1000.0 != size) return false;
        ref var target = ref line.Ensure(1 + MostDigits + 4);
        var length = 0;
        if (value < 0)
        {
            target = (byte)'-';
            length = 1;
        }
        var whole = (uint)((ulong)thousandths / 1000);
        var fraction = (uint)(thousandths - (whole * 1000L));
        length += Digits(ref Unsafe.Add(ref target, length), whole);
        if (fraction != 0) length += Fraction(ref Unsafe.Add(ref target, length), fraction);
        line.Position += length;
        return true;
    }

    /// <summary>The point and up to three digits.</summary>
    private static int Fraction(ref byte target, uint thousandths)
    {
        var tenths = thousandths / 100;
        var rest = thousandths - (tenths * 100);
        target = (byte)'.';
        Unsafe.Add(ref target, 1) = (byte)('0' + tenths);
        DigitPair.Write(ref Unsafe.Add(ref target, 2), rest);
        return rest == 0 ? 2 : rest % 10 == 0 ? 3 : 4;
    }
}
