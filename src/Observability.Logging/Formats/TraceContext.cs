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
    public static void Trace(Line line, Activity activity) => Narrow(line, activity.TraceId.ToHexString());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Span(Line line, Activity activity) => Narrow(line, activity.SpanId.ToHexString());

    /// <summary>An id is 16 or 32 ASCII characters.</summary>
    private static void Narrow(Line line, string id)
    {
        ref var target = ref line.Ensure(32);
        ref var source = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(id.AsSpan()));
        for (var at = 0; at + 16 <= id.Length; at += 16)
            Vector128.Narrow(Vector128.LoadUnsafe(ref source, (nuint)at), Vector128.LoadUnsafe(ref source, (nuint)at + 8)).StoreUnsafe(ref target, (nuint)at);
        line.Position += id.Length;
    }
}
