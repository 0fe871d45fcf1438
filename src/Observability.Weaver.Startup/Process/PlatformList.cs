namespace Observability.Weaver.Startup.Process;

/// <summary>The assemblies that the host found: the application's own, and those of its frameworks.</summary>
internal sealed class PlatformList(string list, string applicationFolder)
{
    private readonly string[] _paths = list.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>An application with a runtime of its own; a single file, whose list names no assembly of its own, is one too.</summary>
    public bool IsOwnRuntime => _paths.Length == 0 || Array.IndexOf(_paths, applicationFolder + "System.Private.CoreLib.dll") >= 0 || AppContext.GetData("BUNDLE_PROBE") is not null;

    /// <summary>The assemblies as they were before weaving: what comes from the cache stands for a file of the application, or of a framework.</summary>
    public IReadOnlyList<string> Files(string cache)
    {
        var files = new List<string>(_paths.Length);
        foreach (var path in _paths)
            if (Original(path, cache) is { } original) files.Add(original);
        return files;
    }

    public bool IsApplications(string path) => path.StartsWith(applicationFolder, StringComparison.Ordinal);

    /// <summary>Whether the host takes an assembly from one of these folders.</summary>
    public bool Comes(string name, params ReadOnlySpan<string> folders)
    {
        var file = Path.DirectorySeparatorChar + name + ".dll";
        foreach (var path in _paths)
        {
            if (!path.EndsWith(file, StringComparison.Ordinal)) continue;
            foreach (var folder in folders)
                if (IsIn(path, folder)) return true;
        }
        return false;
    }

    private string? Original(string path, string cache)
    {
        if (!IsIn(path, cache)) return path;
        var own = Path.Combine(applicationFolder, Path.GetFileName(path));
        if (File.Exists(own)) return own;
        return _paths.Select(Path.GetDirectoryName).Distinct().Select(folder => Path.Combine(folder!, Path.GetFileName(path))).FirstOrDefault(other => !IsIn(other, cache) && File.Exists(other));
    }

    private static bool IsIn(string path, string folder) =>
        path.StartsWith(folder, StringComparison.Ordinal) && path.Length > folder.Length && path[folder.Length] == Path.DirectorySeparatorChar;
}
