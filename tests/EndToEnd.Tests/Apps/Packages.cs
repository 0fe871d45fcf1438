using TestPeers;

namespace EndToEnd.Tests.Apps;

/// <summary>The packed packages under test. They are packed anew when a source is newer than they are.</summary>
internal static class Packages
{
    private static readonly Lazy<string> Packed = new(Pack);

    /// <summary>The folder with the .nupkg files.</summary>
    public static string Folder => Packed.Value;

    /// <summary>Changes whenever a package does.</summary>
    public static string Fingerprint => string.Join('\n', Files().Select(file => $"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}"));

    private static IEnumerable<FileInfo> Files() =>
        new DirectoryInfo(Repository.File("artifacts", "packages")) is { Exists: true } folder ? folder.GetFiles("*.nupkg").OrderBy(file => file.Name, StringComparer.Ordinal) : [];

    private static string Pack()
    {
        var folder = Repository.File("artifacts", "packages");
        var packages = Files().ToDictionary(file => file.Name, file => file.LastWriteTimeUtc);
        foreach (var project in Directory.GetFiles(Repository.File("src"), "*.csproj", SearchOption.AllDirectories))
        {
            var name = Path.GetFileNameWithoutExtension(project);
            var packed = packages.Where(package => package.Key.StartsWith(name + ".0", StringComparison.Ordinal) || package.Key.StartsWith(name + ".1", StringComparison.Ordinal)).Select(package => package.Value).DefaultIfEmpty().Max();
            if (packed > NewestSource(Path.GetDirectoryName(project)!)) continue;
            DotNet.Run("pack", project, "-c", "Release", "-o", folder);
        }
        return folder;
    }

    private static DateTime NewestSource(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
            .Max(File.GetLastWriteTimeUtc);
}
