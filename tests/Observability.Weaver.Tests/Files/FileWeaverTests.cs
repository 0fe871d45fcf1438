using System.Runtime.Versioning;
using Observability.Weaver.Tests.Weaving;
using TestPeers;

namespace Observability.Weaver.Tests.Files;

/// <summary>Files are replaced whole, with their symbols, or not at all.</summary>
public sealed class FileWeaverTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("observability-files-").FullName;
    private readonly CompiledAssembly _compiled = CompiledAssembly.From("public static class Subject { public static string Run() => \"ran\"; }");

    private string Assembly => Path.Combine(_folder, _compiled.Name + ".dll");
    private string Symbols => Path.ChangeExtension(Assembly, ".pdb");

    [Fact]
    public void A_weave_that_cannot_be_written_leaves_both_files_and_nothing_beside_them()
    {
        Write();
        // What the finished assembly would be prepared as is taken, after the symbols have been prepared.
        Directory.CreateDirectory($"{Assembly}.{Environment.ProcessId}.weaving");
        var report = Weaver().Weave(Assembly);

        Assert.Equal((WeaveOutcome.Failed, "OBS7008"), (report.Outcome, Assert.Single(report.Diagnostics).Id));
        Assert.Equal(_compiled.Image, File.ReadAllBytes(Assembly));
        Assert.Equal(_compiled.Symbols, File.ReadAllBytes(Symbols));
        Assert.Equal([Assembly, Symbols], Directory.GetFiles(_folder).Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    [UnsupportedOSPlatform("windows")]
    public void Behind_a_link_the_file_is_replaced_with_its_rights_and_the_link_stays()
    {
        Skip.If(OperatingSystem.IsWindows(), "links and rights are those of Unix");
        Write();
        File.SetUnixFileMode(Assembly, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        var link = Path.Combine(_folder, "link.dll");
        File.CreateSymbolicLink(link, Assembly);
        Assert.Equal(WeaveOutcome.Woven, Weaver().Weave(link).Outcome);

        Assert.Equal(Assembly, new FileInfo(link).LinkTarget);
        Assert.NotEqual(_compiled.Image, File.ReadAllBytes(Assembly));
        Assert.NotEqual(_compiled.Symbols, File.ReadAllBytes(Symbols));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(Assembly));
    }

    [SkippableFact]
    public void A_file_of_somebody_else_stays_theirs()
    {
        Skip.IfNot(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "only root can give files away");
        Write();
        Assert.Equal(0, Tool.Run("chown", ["4321:8765", Assembly, Symbols]).ExitCode);
        Assert.Equal(0, Tool.Run("chmod", ["2750", Assembly]).ExitCode);
        Assert.Equal(WeaveOutcome.Woven, Weaver().Weave(Assembly).Outcome);

        Assert.Equal("4321:8765 2750\n4321:8765 644", Tool.Run("stat", ["-c", "%u:%g %a", Assembly, Symbols]).Output.TrimEnd());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private FileWeaver Weaver() => new(new WeaveOptions { Rules = [new WeaveRule { Method = "Run" }] }, _folder);

    private void Write()
    {
        File.WriteAllBytes(Assembly, _compiled.Image);
        File.WriteAllBytes(Symbols, _compiled.Symbols!);
    }
}
