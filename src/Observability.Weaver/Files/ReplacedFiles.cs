namespace Observability.Weaver.Files;

/// <summary>New contents for several files: all written beside the old ones first, then renamed over them, with the old permissions.</summary>
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
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(prepared, File.GetUnixFileMode(target));
    }

    public void Replace()
    {
        foreach (var (prepared, target) in _files) File.Move(prepared, target, overwrite: true);
    }

    public void Dispose()
    {
        foreach (var (prepared, _) in _files) File.Delete(prepared);
    }
}
