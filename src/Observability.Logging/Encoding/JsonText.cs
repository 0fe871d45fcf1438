using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Observability.Logging;

/// <summary>
/// Writes UTF-16 text as the inside of a JSON string (RFC 8259) in UTF-8. Lone surrogates become U+FFFD; U+0085, U+2028 and
/// U+2029, which some readers take for line ends, are escaped. Text that passes the line's limit is cut between characters.
/// </summary>
internal static class JsonText
{
    /// <summary>The most bytes that one UTF-16 unit can take.</summary>
    private const int Widest = 6;

    // 1: the byte stands for itself.
    private static ReadOnlySpan<byte> Plain =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0,
    ];

    private static ReadOnlySpan<byte> Hex => "0123456789abcdef"u8;

    /// <summary>The escaped bytes of a text, cut at <paramref name="most"/> bytes.</summary>
    public static byte[] Encode(string text, int most = int.MaxValue)
    {
        var line = new Line { Limit = most };
        Write(line, text);
        return line.Bytes.ToArray();
    }

    public static void Write(Line line, ReadOnlySpan<char> text)
    {
        if (text.Length > line.Left) text = Cut(line, text);
        var done = CopyPlain(line, text);
        if (done < text.Length) WriteEscaped(line, text[done..]);
    }

    /// <summary>Writes text that is encoded already; what passes the line's limit is cut between characters.</summary>
    public static void WriteEncoded(Line line, ReadOnlySpan<byte> text)
    {
        if (text.Length > line.Left && !text.IsEmpty)
        {
            line.Truncated = true;
            text = text[..WholeCharacters(text, line.Left)];
        }
        line.Raw(text);
    }

    private static int WholeCharacters(ReadOnlySpan<byte> text, int room)
    {
        var at = 0;
        while (true)
        {
            var size = text[at] switch
            {
                (byte)'\\' => text[at + 1] == (byte)'u' ? Widest : 2,
                < 0x80 => 1,
                < 0xE0 => 2,
                < 0xF0 => 3,
                _ => 4,
            };
            if (at + size > room) return at;
            at += size;
        }
    }

    /// <summary>Copies the plain ASCII that the text begins with, 16 characters at a time, and returns how many.</summary>
    [SkipLocalsInit]
    private static int CopyPlain(Line line, ReadOnlySpan<char> text)
    {
        ref var target = ref line.Ensure(text.Length + 16);
        ref var source = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        int at = 0, length = text.Length;
        if (length >= 16)
        {
            var last = length - 16;
            while (true)
            {
                var low = Vector128.LoadUnsafe(ref source, (nuint)at);
                var high = Vector128.LoadUnsafe(ref source, (nuint)at + 8);
                // Saturation turns what is above 255 into 255, a negative signed byte like all that is above 127.
                var bytes = Vector128.NarrowWithSaturation(low, high);
                var special = Vector128.LessThan(bytes.AsSByte(), Vector128.Create((sbyte)0x20)).AsByte()
                    | Vector128.Equals(bytes, Vector128.Create((byte)'"'))
                    | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))
                    | Vector128.Equals(bytes, Vector128.Create((byte)0x7F));
                if (special != Vector128<byte>.Zero) break;
                bytes.StoreUnsafe(ref target, (nuint)at);
                if (at == last)
                {
                    line.Position += length;
                    return length;
                }
                at = Math.Min(at + 16, last);
            }
        }
        var plain = Plain;
        for (; at < length; at++)
        {
            uint c = Unsafe.Add(ref source, at);
            if (c >= 128 || plain[(int)c] == 0) break;
            Unsafe.Add(ref target, at) = (byte)c;
        }
        line.Position += at;
        return at;
    }

    private static void WriteEscaped(Line line, ReadOnlySpan<char> text)
    {
        var room = Math.Min(line.Left, text.Length * Widest);
        var target = line.Free(Math.Max(room, 0) + Widest);
        var end = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (end > room - Widest && end + Remaining(text[i..], room - end) > room)
            {
                line.Truncated = true;
                break;
            }
            uint c = text[i];
            if (c < 128) end += Ascii(target[end..], (byte)c);
            else if (char.IsHighSurrogate((char)c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                end += Pair(target[end..], c, text[++i]);
            else end += Unit(target[end..], c);
        }
        line.Position += end;
    }

    /// <summary>Whether the rest would fit after all, asked only within the last bytes of the limit.</summary>
    private static int Remaining(ReadOnlySpan<char> rest, int room)
    {
        if (rest.Length > room) return rest.Length;
        Span<byte> scratch = stackalloc byte[Widest];
        var total = 0;
        foreach (var c in rest) total += c < 128 ? Ascii(scratch, (byte)c) : Unit(scratch, c);
        return total;
    }

    private static int Ascii(Span<byte> target, byte c)
    {
        if (Plain[c] != 0)
        {
            target[0] = c;
            return 1;
        }
        target[0] = (byte)'\\';
        target[1] = c switch { (byte)'"' => c, (byte)'\\' => c, 10 => (byte)'n', 13 => (byte)'r', 9 => (byte)'t', 8 => (byte)'b', 12 => (byte)'f', _ => (byte)'u' };
        if (target[1] != 'u') return 2;
        return Hexadecimal(target, c);
    }

    private static int Pair(Span<byte> target, uint high, uint low)
    {
        var rune = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
        target[0] = (byte)(0xF0 | (rune >> 18));
        target[1] = (byte)(0x80 | ((rune >> 12) & 63));
        target[2] = (byte)(0x80 | ((rune >> 6) & 63));
        target[3] = (byte)(0x80 | (rune & 63));
        return 4;
    }

    private static int Unit(Span<byte> target, uint c)
    {
        if (c < 0xA0 || c is 0x2028 or 0x2029) return Hexadecimal(target, c);
        if (c < 0x800)
        {
            target[0] = (byte)(0xC0 | (c >> 6));
            target[1] = (byte)(0x80 | (c & 63));
            return 2;
        }
        if (c is >= 0xD800 and <= 0xDFFF) c = 0xFFFD;
        target[0] = (byte)(0xE0 | (c >> 12));
        target[1] = (byte)(0x80 | ((c >> 6) & 63));
        target[2] = (byte)(0x80 | (c & 63));
        return 3;
    }

    private static int Hexadecimal(Span<byte> target, uint c)
    {
        target[0] = (byte)'\\';
        target[1] = (byte)'u';
        for (var i = 0; i < 4; i++) target[2 + i] = Hex[(int)(c >> (12 - (4 * i))) & 15];
        return 6;
    }

    private static ReadOnlySpan<char> Cut(Line line, ReadOnlySpan<char> text)
    {
        line.Truncated = true;
        var length = Math.Max(line.Left, 0);
        if (length > 0 && char.IsHighSurrogate(text[length - 1])) length--;
        return text[..length];
    }
}
