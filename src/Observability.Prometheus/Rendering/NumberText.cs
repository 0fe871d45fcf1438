using System.Globalization;
using System.Runtime.CompilerServices;
using Observability.Prometheus.Layout;

namespace Observability.Prometheus.Rendering;

/// <summary>Numbers as bytes. Writers may use <see cref="TextArena.Slack"/> bytes whatever the number needs.</summary>
internal static unsafe class NumberText
{
    private static readonly uint[] Groups = BuildGroups();

    /// <summary>Writes an integer and returns its length, at most 20.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(byte* destination, long value)
    {
        if ((ulong)value < 1000)
        {
            var group = Groups[(int)value];
            *(uint*)destination = group;
            return (int)(group >> 24);
        }
        return WriteLong(destination, value);
    }

    /// <summary>Writes a double as every format's grammar allows it; at most <see cref="CachedNumber.MaximumLength"/> bytes.</summary>
    public static int Write(byte* destination, double value)
    {
        // Whole numbers, the usual case of counters, need no search for the shortest text.
        if (value is > -1e15 and < 1e15 && (long)value == value && (value != 0 || !double.IsNegative(value))) return Write(destination, (long)value);
        if (double.IsFinite(value) && value.TryFormat(new Span<byte>(destination, TextArena.Slack), out var length, default, CultureInfo.InvariantCulture))
            return length;
        var text = double.IsNaN(value) ? "NaN"u8 : value > 0 ? "+Inf"u8 : "-Inf"u8;
        text.CopyTo(new Span<byte>(destination, TextArena.Slack));
        return text.Length;
    }

    private static int WriteLong(byte* destination, long value)
    {
        var start = destination;
        var rest = (ulong)value;
        if (value < 0)
        {
            *destination++ = (byte)'-';
            rest = (ulong)-value;
        }
        var parts = stackalloc uint[7];
        var count = 0;
        while (rest >= 1000)
        {
            var quotient = rest / 1000;
            parts[count++] = (uint)(rest - quotient * 1000);
            rest = quotient;
        }
        var lead = Groups[(int)rest];
        *(uint*)destination = lead;
        destination += lead >> 24;
        while (count > 0)
        {
            var part = parts[--count];
            var tens = part / 10;
            destination[0] = (byte)('0' + tens / 10);
            destination[1] = (byte)('0' + tens % 10);
            destination[2] = (byte)('0' + part % 10);
            destination += 3;
        }
        return (int)(destination - start);
    }

    /// <summary>Every number below 1000: its digits from the lowest byte up, its length in the highest.</summary>
    private static uint[] BuildGroups()
    {
        var groups = new uint[1000];
        for (var value = 0; value < groups.Length; value++)
        {
            var text = value.ToString(CultureInfo.InvariantCulture);
            for (var i = 0; i < text.Length; i++) groups[value] |= (uint)text[i] << (8 * i);
            groups[value] |= (uint)text.Length << 24;
        }
        return groups;
    }
}
