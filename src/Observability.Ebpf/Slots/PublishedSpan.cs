using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Observability.Ebpf.Slots;

/// <summary>A span's identity as 24 bytes, in the order in which they are sent.</summary>
internal readonly record struct PublishedSpan(ulong TraceHigh, ulong TraceLow, ulong Span, ulong Flags)
{
    public static PublishedSpan Of(Activity activity)
    {
        Span<ulong> bytes = stackalloc ulong[3];
        var text = MemoryMarshal.AsBytes(bytes);
        activity.TraceId.CopyTo(text[..16]);
        activity.SpanId.CopyTo(text[16..]);
        return new PublishedSpan(bytes[0], bytes[1], bytes[2], (ulong)activity.ActivityTraceFlags);
    }

    public static ulong SpanOf(Activity activity)
    {
        ulong span = 0;
        activity.SpanId.CopyTo(MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref span, 1)));
        return span;
    }
}
