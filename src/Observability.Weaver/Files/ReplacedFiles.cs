namespace Observability.Weaver.Files;

/// <summary>New contents for several files: all written beside the old ones first, then renamed over them, with the old owner and permissions. All of them are replaced, or none.</summary>
internal sealed class ReplacedFiles : IDisposable
{
    private readonly List<(string Prepared, string Target)> _files = [];

    public void Prepare(string target, MemoryStream content)
    {
        var prepared = $"{target}.{Environment.ProcessId}.weaving";
        _files.Add((prepared, target));
        using (var file = new FileStream(prepared, FileMode.Create, FileAccess.Write))
        {
            content.WriteTo(file);
            file.Flush(flushToDisk: true);
        }
        // Before the permissions: some of them do not outlive a change of the owner.
        if (OperatingSystem.IsLinux()) FileOwner.Copy(target, prepared);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(prepared, File.GetUnixFileMode(target));
    }

    public void Replace()
    {
        var kept = new Stack<(string Copy, string Target)>();
        try
        {
            foreach (var (prepared, target) in _files)
            {
                var copy = prepared + ".old";
                File.Copy(target, copy, overwrite: true);
                if (OperatingSystem.IsLinux()) FileOwner.Copy(target, copy);
                kept.Push((copy, target));
                File.Move(prepared, target, overwrite: true);
            }
        }
        catch
        {
            // The last one could not be replaced: it is as it was, and the ones before it are again.
            if (kept.TryPop(out var last)) File.Delete(last.Copy);
            while (kept.TryPop(out var done)) File.Move(done.Copy, done.Target, overwrite: true);
            throw;
        }
        foreach (var (copy, _) in kept) File.Delete(copy);
    }

    public void Dispose()
    {
        foreach (var (prepared, _) in _files) File.Delete(prepared);
    }
}
