using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Observability.Logging;

/// <summary>
/// Encoded text that many lines repeat. It is kept with room behind it, so that a short one is copied whole by two moves of fixed length rather than by a call that looks at
/// the length; what the moves carry too much is overwritten by what follows.
/// </summary>
internal readonly struct Piece
{
    /// <summary>Bytes that are copied without a look at the length, and that a target must have room for.</summary>
    public const int Short = 32;

    private const int Half = 16;
    private readonly byte[] _padded;

    public Piece(byte[] text)
    {
        Length = text.Length;
        _padded = new byte[text.Length + Short];
        text.CopyTo(_padded, 0);
    }

    public int Length { get; }

    public ReadOnlySpan<byte> Span => _padded.AsSpan(0, Length);

    /// <summary>Whether both are one and the same text in memory.</summary>
    public bool IsSame(Piece other) => ReferenceEquals(_padded, other._padded);

    /// <summary>Copies the text; the target has room for its length and <see cref="Short"/> bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void CopyTo(ref byte target) => Copy(ref target, ref MemoryMarshal.GetArrayDataReference(_padded), Length);

    /// <summary>Copies bytes that have <see cref="Short"/> readable ones from their start on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(ref byte target, ref byte source, int length)
    {
        if (length > Short)
        {
            Unsafe.CopyBlockUnaligned(ref target, ref source, (uint)length);
            return;
        }
        var low = Vector128.LoadUnsafe(ref source);
        var high = Vector128.LoadUnsafe(ref source, Half);
        low.StoreUnsafe(ref target);
        high.StoreUnsafe(ref target, Half);
    }
}
