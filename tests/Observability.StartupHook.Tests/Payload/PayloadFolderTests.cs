using Observability.StartupHooks.Payload;

namespace Observability.StartupHook.Tests.Payload;

public class PayloadFolderTests
{
    [Fact]
    public void A_whole_payload_is_opened()
    {
        using var root = Whole();
        Assert.True(PayloadFolder.TryOpen(root.Path, out var folder, out var fault), fault);
        Assert.Equal(Path.Combine(root.Path, "any"), folder);
    }

    [Fact]
    public void A_payload_without_its_list_is_refused()
    {
        using var root = Whole();
        File.Delete(Path.Combine(root.Path, "payload.txt"));
        AssertRefused("OBS6002", root);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        using var root = Whole();
        File.Delete(Path.Combine(root.Path, "any", "agent", "A.dll"));
        Assert.Contains("A.dll is missing", AssertRefused("OBS6002", root), StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_file_is_named()
    {
        using var root = Whole();
        root.Write("any/bridge/B.dll", "b");
        Assert.Contains("B.dll has 1 bytes instead of 2", AssertRefused("OBS6002", root), StringComparison.Ordinal);
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
    [InlineData("any/agent")]
    [InlineData("any/agent/A.dll")]
    public void What_everybody_may_write_to_is_refused(string path)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no such right");
        using var root = Whole();
        var open = Path.Combine(root.Path, path);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(open, File.GetUnixFileMode(open) | UnixFileMode.OtherWrite);
        Assert.Contains(open, AssertRefused("OBS6003", root), StringComparison.Ordinal);
    }

    private static TemporaryFolder Whole()
    {
        var root = new TemporaryFolder();
        root.Write("any/agent/A.dll", "aaa");
        root.Write("any/bridge/B.dll", "bb");
        root.Write("payload.txt", "3 any/agent/A.dll\n2 any/bridge/B.dll\n");
        return root;
    }

    private static string AssertRefused(string id, TemporaryFolder root)
    {
        Assert.False(PayloadFolder.TryOpen(root.Path, out _, out var fault));
        Assert.StartsWith(id + ": ", fault, StringComparison.Ordinal);
        return fault!;
    }
}
