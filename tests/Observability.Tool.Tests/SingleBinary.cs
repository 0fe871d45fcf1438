using TestPeers;

namespace Observability.Tool.Tests;

/// <summary>The command as one file, made by <c>build/tool-binary.sh</c>, with a home of its own to unpack itself into; gone after the tests.</summary>
public sealed class SingleBinary : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("observability-binary-");

    public SingleBinary()
    {
        if (!OperatingSystem.IsLinux()) return;
        var made = TestPeers.Tool.Run("bash", [Repository.File("build", "tool-binary.sh"), In("made")], timeout: TimeSpan.FromMinutes(5));
        if (made.ExitCode != 0) throw new InvalidOperationException(made.Output + made.Error);
    }

    public string In(string path) => Path.Combine(_root.FullName, path);

    /// <summary>Runs it where there is no .NET but itself; what it wrote to both streams is one text.</summary>
    public async Task<(int Code, string Text)> Run(params string[] arguments)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "the script that makes it is for Linux");
        var environment = new Dictionary<string, string?> { ["HOME"] = In("home"), ["DOTNET_ROOT"] = null, ["PATH"] = "/usr/bin:/bin" };
        Directory.CreateDirectory(In("home"));
        await using var process = RunningProcess.Start(In("made/observability"), arguments, environment, _root.FullName);
        var code = await process.WaitForExit(TimeSpan.FromMinutes(2));
        return (code, string.Join('\n', [.. process.Output, .. process.Error]));
    }

    public void Dispose() => _root.Delete(recursive: true);
}
