using System.IO.Enumeration;

namespace Observability.Weaver;

/// <summary>The assemblies that paths on a command line mean.</summary>
public static class AssemblyFiles
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>
    /// Files as they are named; of a folder, every .dll below it but satellite resources and what is in <c>ref</c> folders. In order, each once. Symbolic links
    /// are followed where they are named, not inside a folder: what they lead to lies elsewhere, or is found where it lies.
    /// </summary>
    /// <exception cref="FileNotFoundException">A path is neither a file nor a folder.</exception>
    public static IReadOnlyList<string> Under(IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var files = new List<string>();
        foreach (var path in paths)
        {
            if (Directory.Exists(path)) files.AddRange(Below(Path.GetFullPath(path)).Where(IsCode).Order(StringComparer.Ordinal));
            else if (!File.Exists(path)) throw new FileNotFoundException($"\"{path}\" is neither a file nor a folder.", path);
            else if (File.ResolveLinkTarget(path, returnFinalTarget: true) is { Exists: false } target) throw new FileNotFoundException($"\"{path}\" is a link to nothing: \"{target.FullName}\" is not there.", path);
            else files.Add(Path.GetFullPath(path));
        }
        return [.. files.Distinct(StringComparer.Ordinal)];
    }

    private static FileSystemEnumerable<string> Below(string folder) => new(folder, (ref entry) => entry.ToFullPath(), Everything)
    {
        ShouldIncludePredicate = (ref entry) => !entry.IsDirectory && entry.FileName.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) && !IsLink(ref entry),
        ShouldRecursePredicate = (ref entry) => !IsLink(ref entry),
    };

    /// <summary>Files that Windows keeps compressed or in a cloud are reparse points, too, and no links.</summary>
    private static bool IsLink(ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) != 0 && entry.ToFileSystemInfo().LinkTarget is not null;

    private static bool IsCode(string path) =>
        !path.EndsWith(".resources.dll", StringComparison.OrdinalIgnoreCase) && Path.GetFileName(Path.GetDirectoryName(path)) is not ("ref" or "refint");
}
