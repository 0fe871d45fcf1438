using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Observability.Sampling;

/// <summary>
/// The first sixteen characters of a text in one register, with letters' cases folded. Two texts that match have equal
/// heads; others mostly have not, so one comparison spares most patterns from being tried.
/// </summary>
internal static class TextHead
{
    public const int Length = 16;

    private const int Half = 8;

    private static readonly Vector128<byte> CaseBits = Vector128.Create((byte)0x20);

    /// <summary>The head of a value. Characters beyond ASCII fold onto others, which costs a try and never a match.</summary>
    public static Vector128<byte> Of(string? text)
    {
        if (text is null) return default;
        ref var first = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text.AsSpan()));
        if (text.Length >= Length) return Vector128.Narrow(Vector128.LoadUnsafe(ref first), Vector128.LoadUnsafe(ref first, Half)) | CaseBits;
        if (text.Length < Half) return Vector128.Create(Few(text), 0).AsByte() | CaseBits;

        // Two overlapping halves: the second one's first characters are the first one's last.
        var start = Narrow(ref first, 0);
        var end = Narrow(ref first, (nuint)(text.Length - Half));
        var beyond = text.Length - Half;
        return Vector128.Create(start, beyond == 0 ? 0 : end >> (8 * (Half - beyond))).AsByte() | CaseBits;
    }

    /// <summary>The bytes of a head that a pattern beginning with this text determines.</summary>
    public static Vector128<byte> MaskOf(string prefix)
    {
        var mask = Vector128<byte>.Zero;
        for (var i = 0; i < Math.Min(Length, prefix.Length) && char.IsAscii(prefix[i]); i++) mask = mask.WithElement(i, (byte)0xFF);
        return mask;
    }

    private static ulong Narrow(ref ushort first, nuint at)
    {
        var characters = Vector128.LoadUnsafe(ref first, at);
        return Vector128.Narrow(characters, characters).AsUInt64().ToScalar();
    }

    private static ulong Few(string text)
    {
        ulong head = 0;
        for (var i = 0; i < text.Length; i++) head |= (ulong)(byte)text[i] << (8 * i);
        return head;
    }
}
