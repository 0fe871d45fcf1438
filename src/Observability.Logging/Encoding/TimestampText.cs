using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Observability.Logging;

/// <summary>RFC 3339 in UTC with six digits of fraction; the part up to the second, and what stands before it, is kept while the second lasts.</summary>
internal sealed class TimestampText
{
    /// <summary>Bytes of a timestamp.</summary>
    public const int Length = 27;

    private const int SecondLength = 20;
    private byte[]? _before;
    private byte[] _text = [];
    private long _secondNumber = -1;

    /// <summary>Writes a constant text and the timestamp; the caller has made room for both and moves the position.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(ref byte target, byte[] before, long utcTicks)
    {
        Prepare(before, utcTicks);
        WritePrepared(ref target, utcTicks);
    }

    /// <summary>Makes the text of the second, if that is another than the last one's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prepare(byte[] before, long utcTicks)
    {
        var second = (ulong)utcTicks / TimeSpan.TicksPerSecond;
        if ((long)second != _secondNumber || !ReferenceEquals(before, _before)) Turn(before, (long)second);
    }

    /// <summary>Writes what <see cref="Prepare"/> was called with; cannot fail.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WritePrepared(ref byte target, long utcTicks)
    {
        var microseconds = (uint)((ulong)utcTicks - ((ulong)_secondNumber * TimeSpan.TicksPerSecond)) / (uint)TimeSpan.TicksPerMicrosecond;
        var text = _text;
        Copy(ref target, text);
        target = ref Unsafe.Add(ref target, text.Length);
        var hundreds = microseconds / 100;
        var myriads = hundreds / 100;
        DigitPair.Write(ref target, myriads);
        DigitPair.Write(ref Unsafe.Add(ref target, 2), hundreds - (myriads * 100));
        DigitPair.Write(ref Unsafe.Add(ref target, 4), microseconds - (hundreds * 100));
        Unsafe.Add(ref target, 6) = (byte)'Z';
    }

    /// <summary>Two moves that overlap copy what is no longer than both, without a call: every profile's beginning is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(ref byte target, byte[] text)
    {
        ref var source = ref MemoryMarshal.GetArrayDataReference(text);
        if (text.Length is < 32 or > 64)
        {
            Unsafe.CopyBlockUnaligned(ref target, ref source, (uint)text.Length);
            return;
        }
        var (low, high) = (Vector256.LoadUnsafe(ref source), Vector256.LoadUnsafe(ref source, (nuint)text.Length - 32));
        low.StoreUnsafe(ref target);
        high.StoreUnsafe(ref target, (nuint)text.Length - 32);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Turn(byte[] before, long second)
    {
        var text = new byte[before.Length + SecondLength];
        before.CopyTo(text, 0);
        new DateTime(second * TimeSpan.TicksPerSecond, DateTimeKind.Utc).TryFormat(text.AsSpan(before.Length), out _, "yyyy-MM-dd'T'HH:mm:ss'.'", CultureInfo.InvariantCulture);
        (_text, _before, _secondNumber) = (text, before, second);
    }
}
