using TestPeers;

namespace Observability.Weaver.Build.Tests.Building;

/// <summary>A copy of an application under Apps, built with the packed package.</summary>
internal sealed class BuiltApp : IDisposable
{
    private readonly string _name;
    private readonly string _folder;

    private readonly string _projectEnding;

    public BuiltApp(string name, string projectEnding = ".csproj")
    {
        _projectEnding = projectEnding;
        _name = name;
        _folder = Path.Combine(PackedWeaver.Workspace, Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(_folder);
        foreach (var file in Directory.GetFiles(Repository.File("tests", "Observability.Weaver.Build.Tests", "Apps", name))) File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
    }

    public string Project => Path.Combine(_folder, _name + _projectEnding);
    public string Output => Path.Combine(_folder, "bin", "Release", "net10.0");
    public string Assembly => Path.Combine(Output, _name + ".dll");
    public string Stamp => Path.Combine(_folder, "obj", "Release", "net10.0", "observability.weave.stamp");

    public string Build(params string[] properties) => DotNet.Run(Arguments("build", properties));

    public ToolResult TryBuild(params string[] properties) => DotNet.Try(Arguments("build", properties));

    /// <summary>Publishes; returns the folder.</summary>
    public string Publish(params string[] arguments)
    {
        var folder = Path.Combine(_folder, "published");
        DotNet.Run(Arguments("publish", ["-o", folder, .. arguments]));
        return folder;
    }

    public void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder, file), text);

    /// <summary>A file that says it was written at a given time, as one that was copied with its times.</summary>
    public void Write(string file, string text, DateTime time)
    {
        Write(file, text);
        File.SetLastWriteTimeUtc(Path.Combine(_folder, file), time);
    }

    public string Run() => Run("dotnet", Assembly);

    public string AssemblyFor(string framework) => Path.Combine(_folder, "bin", "Release", framework, _name + ".dll");

    public string RunFor(string framework, params string[] arguments) => Run("dotnet", [AssemblyFor(framework), .. arguments]);

    public static string Run(string program, params string[] arguments)
    {
        var result = Tool.Run(program, arguments);
        return result.ExitCode == 0 ? result.Output.ReplaceLineEndings("\n").TrimEnd() : throw new InvalidOperationException(result.ToString());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string[] Arguments(string verb, string[] more) =>
        [verb, Project, "-c", "Release", "-p:RestoreAdditionalProjectSources=" + PackedWeaver.Folder, "-p:RestorePackagesPath=" + PackedWeaver.RestoreFolder, .. more];
}
