using Observability.AutoInstrumentation.Bridge.Agent;

namespace Observability.AutoInstrumentation.Bridge.Tests.Agent;

public sealed class AgentFilesTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("observability-agent-");

    public AgentFilesTests()
    {
        Directory.CreateDirectory(In("any/agent"));
        File.WriteAllText(In("any/agent/A.dll"), "agent");
        File.WriteAllText(In("payload.txt"), "5 any/agent/A.dll\n");
    }

    [Fact]
    public void A_whole_payload_is_without_fault() => Assert.Null(AgentFiles.Fault(In("any")));

    [SkippableTheory]
    [InlineData("any")]
    [InlineData("any/agent")]
    [InlineData("any/agent/A.dll")]
    public void What_everybody_may_write_to_is_named_itself(string path)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no such right");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(In(path), File.GetUnixFileMode(In(path)) | UnixFileMode.OtherWrite);
        Assert.StartsWith($"OBS6003: everybody may write to {In(path)}, so", AgentFiles.Fault(In("any")), StringComparison.Ordinal);
    }

    public void Dispose() => _root.Delete(recursive: true);

    private string In(string path) => Path.Combine(_root.FullName, path);
}
