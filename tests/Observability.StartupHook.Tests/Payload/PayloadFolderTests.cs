using Observability.StartupHooks.Payload;

namespace Observability.StartupHook.Tests.Payload;

public class PayloadFolderTests
{
    private const string Hook = "Observability.StartupHook.dll";
    private const string Bridge = "bridge/" + PayloadFolder.Bridge + ".dll";

    [Theory]
    [InlineData("linux-x64", "linux-x64")]
    [InlineData("linux-musl-x64", "linux-x64")]
    [InlineData("debian.12-x64", "linux-x64")]
    [InlineData("linux-arm64", "any")]
    [InlineData("osx-x64", "any")]
    [InlineData("nonsense", "any")]
    [InlineData("", "any")]
    [InlineData(null, "any")]
    public void The_folder_is_the_processors_own_or_the_one_for_all(string? platform, string name)
    {
        using var root = Whole();
        Assert.True(PayloadFolder.TryOpen(Path.Combine(root.Path, Hook), platform, out var folder, out var fault), fault);
        Assert.Equal(Path.Combine(root.Path, name), folder);
    }

    [Theory]
    [InlineData("payload.txt")]
    [InlineData("any/" + Bridge)]
    public void A_missing_file_is_named(string file)
    {
        using var root = Whole();
        File.Delete(Path.Combine(root.Path, file));
        Assert.Contains(file + " is missing", AssertRefused("OBS6002", root), StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_file_is_named()
    {
        using var root = Whole();
        root.Write("any/" + Bridge, "b");
        Assert.Contains("has 1 bytes instead of 2", AssertRefused("OBS6002", root), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("rubbish")]
    [InlineData("3 other/agent/A.dll")]
    public void A_list_that_names_nothing_for_this_processor_is_refused(string list)
    {
        using var root = Whole();
        root.Write("payload.txt", list);
        AssertRefused("OBS6002", root);
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData(Hook)]
    [InlineData("payload.txt")]
    [InlineData("any")]
    [InlineData("any/bridge")]
    [InlineData("any/" + Bridge)]
    public void What_everybody_may_write_to_is_refused(string path)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no such right");
        using var root = Whole();
        var open = Path.Combine(root.Path, path);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(open, File.GetUnixFileMode(open) | UnixFileMode.OtherWrite);
        Assert.Contains($"write to {open}, so", AssertRefused("OBS6003", root), StringComparison.Ordinal);
    }

    private static TemporaryFolder Whole()
    {
        var root = new TemporaryFolder();
        root.Write(Hook, "");
        root.Write("any/" + Bridge, "bb");
        root.Write("linux-x64/" + Bridge, "BBB");
        root.Write("payload.txt", $"2 any/{Bridge}\n3 linux-x64/{Bridge}\n");
        return root;
    }

    private static string AssertRefused(string id, TemporaryFolder root)
    {
        Assert.False(PayloadFolder.TryOpen(Path.Combine(root.Path, Hook), null, out _, out var fault));
        Assert.StartsWith(id + ": ", fault, StringComparison.Ordinal);
        return fault!;
    }
}
