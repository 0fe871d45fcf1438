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

    private static readonly Vector128<byte> CaseBits = Vector128.Create((byte)0x20);

    /// <summary>The head of a value. Characters beyond ASCII fold onto others, which costs a try and never a match.</summary>
    public static Vector128<byte> Of(string? text)
    {
        if (text is null) return default;
        if (text.Length >= Length) return Fold(ref MemoryMarshal.GetReference(text.AsSpan()));
        Span<char> padded = stackalloc char[Length];
        padded.Clear();
        text.CopyTo(padded);
        return Fold(ref MemoryMarshal.GetReference(padded));
    }

    /// <summary>The bytes of a head that a pattern beginning with this text determines.</summary>
    public static Vector128<byte> MaskOf(string prefix)
    {
        var mask = Vector128<byte>.Zero;
        for (var i = 0; i < Math.Min(Length, prefix.Length) && char.IsAscii(prefix[i]); i++) mask = mask.WithElement(i, (byte)0xFF);
        return mask;
    }

    private static Vector128<byte> Fold(ref char first)
    {
        ref var start = ref System.Runtime.CompilerServices.Unsafe.As<char, ushort>(ref first);
        return Vector128.Narrow(Vector128.LoadUnsafe(ref start), Vector128.LoadUnsafe(ref start, 8)) | CaseBits;
    }
}
