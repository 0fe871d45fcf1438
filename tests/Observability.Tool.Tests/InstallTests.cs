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

    [SkippableTheory]
    [InlineData("000")]
    [InlineData("027")]
    [InlineData("077")]
    public void Whatever_the_umask_everybody_may_read_it_and_nobody_else_may_write(string umask)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no umask");
        using var small = new SmallPayload();
        var installed = ToolProcess.Run($"umask {umask}; exec \"$@\"", "install", small.In("new/target"));
        Assert.True(installed.ExitCode == 0, installed.Error);
        foreach (var folder in Directory.GetDirectories(small.In("new"), "*", SearchOption.AllDirectories).Prepend(small.In("new")))
            if (!OperatingSystem.IsWindows()) Assert.Equal("755", Convert.ToString((int)File.GetUnixFileMode(folder), 8));
    }

    [Fact]
    public void A_directory_without_a_name_is_not_understood()
    {
        using var small = new SmallPayload();
        var (code, text) = small.Run("install", "");
        Assert.Equal(2, code);
        Assert.Contains("name is empty", text, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_full_disk_is_said_with_the_file_that_did_not_fit()
    {
        var bwrap = TestPeers.Tool.Require("bwrap");
        using var small = new SmallPayload();
        string[] full = ["--bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--size", "65536", "--tmpfs", small.In("payload")];
        Skip.If(TestPeers.Tool.Run(bwrap, [.. full, "true"]).ExitCode != 0, "this machine does not let bwrap make a file system");
        var installed = TestPeers.Tool.Run(bwrap, [.. full, .. ToolProcess.Command, "install", small.In("payload")]);
        Assert.Equal(1, installed.ExitCode);
        Assert.Matches($"^observability: {small.In("payload")}/.*\\.dll could not be written: No space left", installed.Error);
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal);
}
