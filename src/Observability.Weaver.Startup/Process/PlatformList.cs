using System.Reflection;

namespace Observability.Weaver.Startup.Process;

/// <summary>The assemblies that the host found: the application's own, and those of its frameworks.</summary>
internal sealed class PlatformList(string list, string applicationFolder)
{
    private readonly string[] _paths = list.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>An application with a runtime of its own; a single file, whose list names no assembly of its own, is one too.</summary>
    public bool IsOwnRuntime => _paths.Length == 0 || Array.IndexOf(_paths, applicationFolder + "System.Private.CoreLib.dll") >= 0 || Assembly.GetEntryAssembly() is { Location.Length: 0 };

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
    public bool Comes(string name, params string[] folders)
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
        return File.Exists(own) ? own : OfFramework(Path.GetFileName(path), cache);
    }

    /// <summary>Beside any other assembly of the list. A plain loop: System.Linq would be loaded for it at every start.</summary>
    private string? OfFramework(string file, string cache)
    {
        var searched = "";
        foreach (var path in _paths)
        {
            var folder = Path.GetDirectoryName(path)!;
            if (folder == searched || IsIn(path, cache)) continue;
            searched = folder;
            var original = Path.Combine(folder, file);
            if (File.Exists(original)) return original;
        }
        return null;
    }

    private static bool IsIn(string path, string folder) =>
        path.StartsWith(folder, StringComparison.Ordinal) && path.Length > folder.Length && path[folder.Length] == Path.DirectorySeparatorChar;
}
