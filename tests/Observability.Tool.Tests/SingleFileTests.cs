using TestPeers;

namespace Observability.Tool.Tests;

/// <summary>The tool as one executable that needs no runtime, for an image or a machine without the SDK.</summary>
public sealed class SingleFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("observability-single-file-");

    public void Dispose() => _folder.Delete(recursive: true);

    [SkippableFact]
    public void One_file_carries_everything_and_installs_the_whole_payload()
    {
        Skip.If(Environment.GetEnvironmentVariable("OBSERVABILITY_SLOW_TESTS") != "1", "slow: publishes the tool with a runtime (OBSERVABILITY_SLOW_TESTS=1 runs it)");
        Skip.IfNot(OperatingSystem.IsLinux(), "the executable is Linux's");
        var (published, moved, target) = (In("published"), In("observability"), In("target"));
        var clean = new Dictionary<string, string?> { ["MSBUILDDISABLENODEREUSE"] = "1", ["MSBuildSDKsPath"] = null, ["MSBUILD_EXE_PATH"] = null, ["MSBuildExtensionsPath"] = null };
        var publish = TestPeers.Tool.Run(
            "dotnet",
            ["publish", Repository.File("src", "Observability.Tool"), "-c", "Release", "-r", "linux-x64", "--self-contained", "-p:PublishSingleFile=true", "-o", published, "--artifacts-path", In("artifacts"), "--nologo", "-v", "quiet"],
            timeout: TimeSpan.FromMinutes(10),
            environment: clean);
        Assert.True(publish.ExitCode == 0, publish.ToString());
        // Alone: nothing that lies beside it is needed.
        File.Move(Path.Combine(published, "Observability.Tool"), moved);

        var environment = new Dictionary<string, string?> { ["DOTNET_BUNDLE_EXTRACT_BASE_DIR"] = In("extracted"), ["DOTNET_ROOT"] = In("nowhere") };
        var installed = TestPeers.Tool.Run(moved, ["install", target], environment: environment);

        Assert.True(installed.ExitCode == 0, installed.ToString());
        var payload = Repository.File("artifacts", "payload");
        Assert.Equal(Files(payload), Files(target));
        var ran = TestPeers.Tool.Run(moved, ["run", "--", "sh", "-c", "test -f \"$DOTNET_STARTUP_HOOKS\" && exit 7"], environment: environment);
        Assert.Equal(7, ran.ExitCode);
        Assert.InRange(new FileInfo(moved).Length, 1 << 20, 120 << 20);
    }

    private string In(string name) => Path.Combine(_folder.FullName, name);

    private static IEnumerable<string> Files(string folder) =>
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal);
}
