using System.Runtime.Versioning;
using Observability.Weaver.Startup.Process;

namespace Observability.Weaver.Startup.Cache;

/// <summary>
/// The folder of the cache. Code is loaded from it, so nobody else may have a hand in it: it belongs to this user or to root, only they may write to
/// it, and nobody can rename it from above.
/// </summary>
[SupportedOSPlatform("linux")]
internal static class CacheRoot
{
    private const uint Root = 0;
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Others = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    public static string Default() => Path.Combine(Path.GetTempPath(), $"observability-weave-{NativeCalls.EffectiveUser()}");

    /// <summary>Makes the folder where there is none; what to say when it cannot be trusted, null when it can.</summary>
    public static string? Fault(string folder)
    {
        try
        {
            if (!Directory.Exists(folder)) Directory.CreateDirectory(folder, Private);
            return Untrusted(folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Told(folder, fault.Message.TrimEnd('.'));
        }
    }

    private static string? Untrusted(string folder)
    {
        // A link could be turned elsewhere by whoever owns it: what it leads to is judged instead, with all that is above that.
        var real = File.ResolveLinkTarget(folder, returnFinalTarget: true)?.FullName ?? folder;
        if (!IsOwn(real)) return Told(real, "it belongs to another user");
        if ((File.GetUnixFileMode(real) & Others) != 0) return Told(real, "others may write to it");
        for (var above = Path.GetDirectoryName(real); above is not null; above = Path.GetDirectoryName(above))
        {
            var mode = File.GetUnixFileMode(above);
            if ((mode & Others) != 0 && !mode.HasFlag(UnixFileMode.StickyBit)) return Told(above, "others may rename what is in it");
            if (!IsOwn(above)) return Told(above, "it belongs to another user");
        }
        return null;
    }

    private static bool IsOwn(string path) => NativeCalls.OwnerOf(path) is { } owner && (owner == Root || owner == NativeCalls.EffectiveUser());

    private static string Told(string folder, string why) =>
        $"OBS7014: the cache of woven assemblies cannot be trusted: {folder}: {why}. The application runs unwoven; name a folder that only its user may write to in OBSERVABILITY_WEAVE_CACHE.";
}
