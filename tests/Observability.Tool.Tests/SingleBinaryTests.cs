namespace Observability.Tool.Tests;

public sealed class SingleBinaryTests(SingleBinary binary) : IClassFixture<SingleBinary>
{
    [SkippableFact]
    public async Task It_is_one_file_and_installs_the_whole_payload()
    {
        var (code, text) = await binary.Run("install", binary.In("installed"));

        Assert.True(code == 0, text);
        Assert.Equal(["observability"], Directory.GetFileSystemEntries(binary.In("made")).Select(Path.GetFileName));
        var listed = File.ReadLines(binary.In("installed/payload.txt")).Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]).ToList();
        Assert.NotEmpty(listed);
        Assert.All(listed, file => Assert.True(File.Exists(binary.In("installed/" + file)), file));
        Assert.True(File.Exists(binary.In("installed/Observability.StartupHook.dll")));
    }

    [SkippableFact]
    public async Task It_runs_a_command_with_a_hook_that_is_there()
    {
        var (code, text) = await binary.Run("run", "--", "sh", "-c", "test -f \"$DOTNET_STARTUP_HOOKS\" && exit 7");
        Assert.True(code == 7, text);
    }

    [SkippableFact]
    public async Task It_weaves()
    {
        var original = typeof(TestPeers.FreePort).Assembly.Location;
        var copy = binary.In("TestPeers.dll");
        File.Copy(original, copy);

        var (code, text) = await binary.Run("weave", copy, "--rule", "TestPeers.FreePort::Next", "--reference", AppContext.BaseDirectory);

        Assert.True(code == 0 && text.Contains("1 methods", StringComparison.Ordinal), text);
        Assert.NotEqual(await File.ReadAllBytesAsync(original), await File.ReadAllBytesAsync(copy));
    }
}
