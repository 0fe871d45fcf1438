namespace Observability.Weaver.Startup.Cache;

/// <summary>Keeps the cache from growing: entries that no process holds and that are not among the newest go when a new one is made.</summary>
internal static class OldEntries
{
    private const int Kept = 4;

    public static void CleanUp(string root, CacheEntry coming)
    {
        var old = new DirectoryInfo(root).GetDirectories()
            .Where(folder => folder.LinkTarget is null && folder.FullName != coming.Folder && IsOurs(folder.Name))
            .OrderByDescending(folder => folder.CreationTimeUtc)
            .Skip(Kept);
        foreach (var folder in old)
        {
            try
            {
                if (new CacheEntry(folder.FullName) is { IsListed: true } entry && !entry.IsFree()) continue;
                folder.Delete(recursive: true);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // It stays until the next time.
            }
        }
    }

    /// <summary>A key of sixteen digits, also of a weave that was cut off.</summary>
    private static bool IsOurs(string name) => name.Length >= 16 && name.Take(16).All(char.IsAsciiHexDigitLower) && (name.Length == 16 || name.EndsWith(".weaving", StringComparison.Ordinal));
}
