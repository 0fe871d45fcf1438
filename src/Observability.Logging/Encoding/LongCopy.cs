using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Observability.Logging;

/// <summary>Copies text that is some hundreds of bytes long, as whole lines are, without a call that looks at the length first.</summary>
internal static class LongCopy
{
    private const int Step = 64;

    /// <summary>Copies as many bytes as there are and none more; the last move overlaps the one before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(ref byte target, ref byte source, int length)
    {
        if (length < Step)
        {
            Unsafe.CopyBlockUnaligned(ref target, ref source, (uint)length);
            return;
        }
        var last = (nuint)(length - Step);
        for (nuint at = 0; at < last; at += Step) Vector512.LoadUnsafe(ref source, at).StoreUnsafe(ref target, at);
        Vector512.LoadUnsafe(ref source, last).StoreUnsafe(ref target, last);
    }
}
