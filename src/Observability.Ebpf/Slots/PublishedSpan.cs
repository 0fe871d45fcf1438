using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Observability.Ebpf.Slots;

/// <summary>A span's identity as 24 bytes, in the order in which they are sent.</summary>
internal readonly record struct PublishedSpan(ulong TraceHigh, ulong TraceLow, ulong Span, ulong Flags)
{
    private const int Digits = 16;

    public static PublishedSpan Of(Activity activity)
    {
        // The identities keep their text and give it out for nothing; reading it here is faster than their own CopyTo.
        var trace = activity.TraceId.ToHexString().AsSpan();
        return new PublishedSpan(Word(trace[..Digits]), Word(trace[Digits..]), SpanOf(activity), (ulong)activity.ActivityTraceFlags);
    }

    public static ulong SpanOf(Activity activity) => Word(activity.SpanId.ToHexString());

    /// <summary>Eight bytes from sixteen digits. They are known to be lower-case hexadecimal: the identities see to that.</summary>
    private static ulong Word(ReadOnlySpan<char> digits)
    {
        var units = MemoryMarshal.Cast<char, ushort>(digits[..Digits]);
        var letters = Vector128.Narrow(Vector128.Create(units), Vector128.Create(units[8..]));
        // '0' is 0x30 and 'a' is 0x61: bit 6 tells a letter, which is worth nine more than its low half.
        var values = (letters & Vector128.Create((byte)0x0F)) + Vector128.ShiftRightLogical(letters, 6) * Vector128.Create((byte)9);
        // Two digits lie side by side; the first, in the lower half of their pair, is the higher.
        var pairs = values.AsUInt16();
        var bytes = ((pairs << 4) | (pairs >> 8)) & Vector128.Create((ushort)0x00FF);
        return Vector128.Narrow(bytes, bytes).AsUInt64().ToScalar();
    }
}
