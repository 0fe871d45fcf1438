using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Observability.Logging;

/// <summary>The current span's ids, in lower-case hexadecimal as W3C Trace Context writes them.</summary>
internal static class TraceContext
{
    /// <summary>The span whose ids a line carries; none for the hierarchical ids of old.</summary>
    public static Activity? Current
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var activity = Activity.Current;
            return activity is null || activity.IdFormat != ActivityIdFormat.W3C ? null : activity;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Trace(ref byte target, string id)
    {
        if (id.Length != CategoryText.TraceLength) return;
        ref var source = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(id.AsSpan()));
        Narrow(ref target, ref source);
        Narrow(ref Unsafe.Add(ref target, 16), ref Unsafe.Add(ref source, 16));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Span(ref byte target, string id)
    {
        if (id.Length == CategoryText.SpanLength) Narrow(ref target, ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(id.AsSpan())));
    }

    /// <summary>Sixteen ASCII characters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Narrow(ref byte target, ref ushort source) =>
        Vector128.Narrow(Vector128.LoadUnsafe(ref source), Vector128.LoadUnsafe(ref source, 8)).StoreUnsafe(ref target);
}
