using TestPeers;

namespace Observability.Weaver.Build.Tests.Building;

/// <summary>The package under test, packed once a run into a folder of its own, and the restore folder in which no older one is left.</summary>
internal static class PackedWeaver
{
    private static readonly Lazy<string> Packed = new(Pack);

    public static string Folder => Packed.Value;

    /// <summary>Where tests build their applications: outside every folder whose props would reach them.</summary>
    public static string Workspace => Path.Combine(Path.GetTempPath(), "observability-weaver-tests");

    public static string RestoreFolder => Path.Combine(Workspace, "packages");

    private static string Pack()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Workspace, "feed")).FullName;
        foreach (var old in Directory.GetFiles(folder)) File.Delete(old);
        foreach (var old in Directory.CreateDirectory(RestoreFolder).GetDirectories("observability*")) old.Delete(recursive: true);
        DotNet.Run("pack", Repository.File("src", "Observability.Weaver.Build"), "-c", Configuration, "--no-build", "-o", folder);
        return folder;
    }

    /// <summary>The configuration of this very build, which has built the package's project along.</summary>
    private static string Configuration => AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug";
}
