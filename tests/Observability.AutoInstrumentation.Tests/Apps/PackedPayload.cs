using System.IO.Compression;
using TestPeers;

namespace Observability.AutoInstrumentation.Tests.Apps;

/// <summary>The payload as the package carries it, unpacked once a run; packed anew when a source is newer.</summary>
internal static class PackedPayload
{
    private static readonly Lazy<string> Unpacked = new(Unpack);

    public static string Folder => Unpacked.Value;

    public static string Hook => HookIn(Folder);

    public static string HookIn(string folder) => Path.Combine(folder, "Observability.StartupHook.dll");

    /// <summary>A copy to do harm to.</summary>
    public static DirectoryInfo Copy()
    {
        var copy = Directory.CreateTempSubdirectory("observability-payload-");
        foreach (var file in Directory.GetFiles(Folder, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy.FullName, Path.GetRelativePath(Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
        return copy;
    }

    private static string Unpack()
    {
        var packages = Repository.File("artifacts", "packages");
        var package = Newest(packages);
        if (package is null || package.LastWriteTimeUtc < NewestSource())
        {
            DotNet.Run("pack", Repository.File("src", "Observability.AutoInstrumentation", "Observability.AutoInstrumentation.csproj"), "-c", "Release", "-o", packages);
            package = Newest(packages);
        }
        var folder = Repository.File("artifacts", "test-payload");
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        using var archive = ZipFile.OpenRead(package!.FullName);
        foreach (var entry in archive.Entries.Where(entry => entry.FullName.StartsWith("payload/", StringComparison.Ordinal)))
        {
            var target = Path.Combine(folder, entry.FullName["payload/".Length..]);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            entry.ExtractToFile(target);
        }
        return folder;
    }

    private static FileInfo? Newest(string packages) =>
        Directory.Exists(packages) ? new DirectoryInfo(packages).GetFiles("Observability.AutoInstrumentation.*.nupkg").MaxBy(file => file.LastWriteTimeUtc) : null;

    private static DateTime NewestSource() =>
        Directory.EnumerateFiles(Repository.File("src"), "*", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(Repository.File("src"), file).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
            .Max(File.GetLastWriteTimeUtc);
}
