using System.Runtime.CompilerServices;

namespace Observability.Weaver.Runtime;

/// <summary>
/// Whether woven code on this thread makes no spans, because listeners run, or what tags and failures read: that may be woven too, and must not make
/// spans about spans. One for all sources of an assembly. Copied, never run here.
/// </summary>
[CompilerGenerated]
internal static class WovenSilence
{
    [ThreadStatic]
    public static bool t_silent;

    /// <summary>Returns what <see cref="End"/> has to put back.</summary>
    public static bool Begin()
    {
        ref var silent = ref t_silent;
        var before = silent;
        silent = true;
        return before;
    }

    public static void End(bool before) => t_silent = before;
}
