using Observability.Weaver.Startup.Process;

namespace Observability.Weaver.Startup.Cache;

/// <summary>
/// The link <c>current</c> in the cache. Variables that name it (<c>DOTNET_ADDITIONAL_DEPS=…/current/woven.deps.json</c>,
/// <c>DOTNET_SHARED_STORE=…/current/store</c>) can be given to a process beforehand, which then need not be run anew.
/// </summary>
internal static class CurrentLink
{
    private const string Name = "current";

    public static string In(string root) => Path.Combine(root, Name);

    public static void Set(string root, CacheEntry entry)
    {
        var link = In(root);
        if (new FileInfo(link).LinkTarget == Path.GetFileName(entry.Folder)) return;
        try
        {
            var prepared = $"{link}.{Environment.ProcessId}";
            File.Delete(prepared);
            File.CreateSymbolicLink(prepared, Path.GetFileName(entry.Folder));
            if (!NativeCalls.Rename(prepared, link)) File.Delete(prepared);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A cache that was filled beforehand and is read-only now: the entry is there, the link is another application's.
        }
    }
}
