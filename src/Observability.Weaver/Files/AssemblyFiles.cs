namespace Observability.Weaver;

/// <summary>The assemblies that paths on a command line mean.</summary>
public static class AssemblyFiles
{
    /// <summary>Files as they are named; of a folder, every .dll below it but satellite resources and what is in <c>ref</c> folders. In order, each once.</summary>
    /// <exception cref="FileNotFoundException">A path is neither a file nor a folder.</exception>
    public static IReadOnlyList<string> Under(IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var files = new List<string>();
        foreach (var path in paths)
        {
            if (File.Exists(path)) files.Add(Path.GetFullPath(path));
            else if (Directory.Exists(path)) files.AddRange(Directory.EnumerateFiles(Path.GetFullPath(path), "*.dll", SearchOption.AllDirectories).Where(IsCode).Order(StringComparer.Ordinal));
            else throw new FileNotFoundException($"\"{path}\" is neither a file nor a folder.", path);
        }
        return [.. files.Distinct(StringComparer.Ordinal)];
    }

    private static bool IsCode(string path) =>
        !path.EndsWith(".resources.dll", StringComparison.OrdinalIgnoreCase) && Path.GetFileName(Path.GetDirectoryName(path)) is not ("ref" or "refint");
}
