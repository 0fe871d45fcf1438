using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Observability.Ebpf.Slots;

/// <summary>A span's identity as 24 bytes, in the order in which they are sent.</summary>
internal readonly record struct PublishedSpan(ulong TraceHigh, ulong TraceLow, ulong Span, ulong Flags)
{
    public static PublishedSpan Of(Activity activity)
    {
        Span<ulong> words = stackalloc ulong[3];
        var bytes = MemoryMarshal.AsBytes(words);
        // The identities keep their text and give it out for nothing; reading it by vectors is faster than their own CopyTo.
        Convert.FromHexString(activity.TraceId.ToHexString(), bytes[..16], out _, out _);
        Convert.FromHexString(activity.SpanId.ToHexString(), bytes[16..], out _, out _);
        return new PublishedSpan(words[0], words[1], words[2], (ulong)activity.ActivityTraceFlags);
    }

    public static ulong SpanOf(Activity activity)
    {
        ulong span = 0;
        Convert.FromHexString(activity.SpanId.ToHexString(), MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref span, 1)), out _, out _);
        return span;
    }
}
