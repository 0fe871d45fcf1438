using System.Runtime.InteropServices;
using TestPeers;

namespace Observability.Weaver.Tests.Suites;

/// <summary>A copy of a built test project beside it, inside the checkout, where its tests find their files.</summary>
internal sealed class SuiteCopy : IDisposable
{
    private readonly string _suite;
    private readonly string _home;
    private readonly string _folder;

    public SuiteCopy(string suite)
    {
        _suite = suite;
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var built = Repository.File("tests", suite, "bin", configuration, "net10.0");
        Skip.IfNot(File.Exists(Path.Combine(built, suite + ".dll")), $"{suite} has not been built in {configuration}");
        _home = Repository.File("tests", suite, "bin", $"woven.{Environment.ProcessId}");
        // Suites find their test applications by the names of the two folders that they are in.
        _folder = Path.Combine(_home, configuration, "net10.0");
        foreach (var file in Directory.GetFiles(built, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_folder, Path.GetRelativePath(built, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }

    /// <summary>Weaves every member of an assembly, in place; returns how many methods.</summary>
    public int Weave(string assembly)
    {
        var path = Path.Combine(_folder, assembly + ".dll");
        var symbolsPath = Path.ChangeExtension(path, ".pdb");
        var frameworks = Directory.GetDirectories(Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..")));
        var options = new WeaveOptions
        {
            Rules = [new WeaveRule { Members = WeaveMembers.All }],
            References = [_folder, .. frameworks.SelectMany(Directory.GetDirectories)],
            IncludesListeners = true,
        };
        using var output = new MemoryStream();
        using var symbolsOutput = new MemoryStream();
        var symbols = File.Exists(symbolsPath) ? new MemoryStream(File.ReadAllBytes(symbolsPath)) : null;
        var report = new AssemblyWeaver(options).Weave(assembly, new MemoryStream(File.ReadAllBytes(path)), symbols, output, symbolsOutput);
        Assert.True(report.Outcome == WeaveOutcome.Woven, string.Join('\n', report.Diagnostics));
        File.WriteAllBytes(path, output.ToArray());
        if (symbols is not null) File.WriteAllBytes(symbolsPath, symbolsOutput.ToArray());
        return report.Methods.Count;
    }

    public ToolResult Run() =>
        Tool.Run("dotnet", ["test", Path.Combine(_folder, _suite + ".dll"), "--nologo"], timeout: TimeSpan.FromMinutes(9), environment: new Dictionary<string, string?> { ["OBSERVABILITY_SLOW_TESTS"] = null });

    public void Dispose() => Directory.Delete(_home, recursive: true);
}
