namespace Observability.Tool.Tests;

public class InstallTests
{
    [Fact]
    public void Everything_is_there_and_the_variable_is_said()
    {
        using var small = new SmallPayload();
        var (code, text) = small.Run("install", small.In("target"));
        Assert.Equal(0, code);
        Assert.Contains("DOTNET_STARTUP_HOOKS=" + small.In("target/Observability.StartupHook.dll"), text, StringComparison.Ordinal);
        Assert.Equal(Files(small.Payload), Files(small.In("target")));
    }

    [Fact]
    public void A_second_installation_replaces_the_first()
    {
        using var small = new SmallPayload();
        small.Run("install", small.In("target"));
        small.Write("payload/any/agent/A.dll", "newer");
        Assert.Equal(0, small.Run("install", small.In("target")).Code);
        Assert.Equal("newer", File.ReadAllText(small.In("target/any/agent/A.dll")));
        Assert.Equal(Files(small.Payload), Files(small.In("target")));
    }

    [Fact]
    public void Where_the_payload_cannot_be_copied_there_is_no_hook()
    {
        using var small = new SmallPayload();
        small.Write("target/any/agent/A.dll/in-the-way", "");
        var (code, text) = small.Run("install", small.In("target"));
        Assert.Equal(1, code);
        Assert.StartsWith("observability: ", text, StringComparison.Ordinal);
        Assert.False(File.Exists(small.In("target/Observability.StartupHook.dll")));
    }

    [SkippableFact]
    public void Nobody_else_may_write_to_what_was_installed()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no such right");
        using var small = new SmallPayload();
        small.Run("install", small.In("target"));
        foreach (var file in Files(small.In("target")))
            if (!OperatingSystem.IsWindows()) Assert.False(File.GetUnixFileMode(small.In("target/" + file)).HasFlag(UnixFileMode.OtherWrite), file);
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal);
}
