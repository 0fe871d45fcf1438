using Observability.Tool.Running;

namespace Observability.Tool.Tests;

public class RunTests
{
    private const string Itself = "exec \"$@\"";

    [SkippableTheory]
    [InlineData("run", "--")]
    [InlineData("run")]
    public void A_command_has_the_hook_and_its_exit_code_is_returned(params string[] before)
    {
        Skip.If(OperatingSystem.IsWindows(), "the command is a shell's");
        var ended = ToolProcess.Run(Itself, [.. before, "sh", "-c", $"case \"$DOTNET_STARTUP_HOOKS\" in *{ToolProcess.Payload}/Observability.StartupHook.dll) exit 7;; esac; exit 1"]);
        Assert.Equal(7, ended.ExitCode);
    }

    [SkippableTheory]
    [InlineData("TERM", 15)]
    [InlineData("HUP", 1)]
    [InlineData("INT", 2)]
    [InlineData("KILL", 9)]
    public async Task A_signal_ends_the_command_for_it_is_the_process(string signal, int number)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no signals");
        await using var process = ToolProcess.Start("run", "--", "sh", "-c", "echo $$; exec sleep 300");
        await process.WaitUntil(() => process.Output.Count > 0, TimeSpan.FromSeconds(60), "the command runs");
        Assert.Equal(process.Id.ToString(), process.Output[0]);
        process.Signal(signal);
        Assert.Equal(128 + number, await process.WaitForExit(TimeSpan.FromSeconds(60)));
    }

    [SkippableFact]
    public void Signals_that_are_ignored_stay_so_but_for_the_one_that_the_runtime_ignores()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "/proc is Linux's");
        const long hangUp = 1, brokenPipe = 1 << 12;
        var bare = Masks(TestPeers.Tool.Run("cat", ["/proc/self/status"]).Output);
        var run = Masks(ToolProcess.Run("trap '' HUP; exec \"$@\"", ["run", "--", "cat", "/proc/self/status"]).Output);
        Assert.Equal((bare.Blocked, (bare.Ignored | hangUp) & ~brokenPipe), run);
    }

    [SkippableFact]
    public void A_runtime_in_our_place_can_be_asked_for_its_diagnostics()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "the sockets are Linux's");
        var folder = Directory.CreateTempSubdirectory("observability-tool-");
        try
        {
            ToolProcess.Run($"export TMPDIR={folder.FullName}/; exec \"$@\"", "run", "--", "true");
            Assert.Empty(Directory.GetFileSystemEntries(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [SkippableFact]
    public void A_command_runs_where_there_is_no_folder_for_what_is_temporary()
    {
        Skip.If(OperatingSystem.IsWindows(), "the command is a shell's");
        Assert.Equal(7, ToolProcess.Run("export TMPDIR=/no/such/folder; exec \"$@\"", "run", "--", "sh", "-c", "exit 7").ExitCode);
    }

    [SkippableTheory]
    [InlineData(127, "no-such-program")]
    [InlineData(127, "./no/such/program")]
    [InlineData(126, "/etc/passwd")]
    [InlineData(126, "/tmp")]
    public void A_command_that_cannot_be_run_is_said_as_a_shell_says_it(int code, string command)
    {
        Skip.If(OperatingSystem.IsWindows(), "these are codes of shells");
        var ended = ToolProcess.Run(Itself, "run", "--", command);
        Assert.Equal(code, ended.ExitCode);
        Assert.StartsWith($"observability: {command}: ", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Hooks_that_are_named_already_stay_and_ours_is_named_once()
    {
        var hook = "/p/Observability.StartupHook.dll";
        Assert.Equal(hook, HookedCommand.Joined(null, hook));
        Assert.Equal(hook, HookedCommand.Joined("", hook));
        Assert.Equal("/other.dll" + Path.PathSeparator + hook, HookedCommand.Joined("/other.dll", hook));
        Assert.Equal("/other.dll" + Path.PathSeparator + hook, HookedCommand.Joined("/other.dll" + Path.PathSeparator + hook, hook));
    }

    [Theory]
    [InlineData(2, "install")]
    [InlineData(2, "run")]
    [InlineData(2, "run", "--")]
    [InlineData(2, "cure", "x")]
    [InlineData(0, "--help")]
    public void What_is_not_understood_is_explained(int expected, params string[] arguments)
    {
        using var small = new SmallPayload();
        var (code, text) = small.Run(arguments);
        Assert.Equal(expected, code);
        Assert.Contains(arguments[0] == "install" ? "dir" : arguments[0] == "run" ? "command" : "install", text, StringComparison.Ordinal);
    }

    private static (long Blocked, long Ignored) Masks(string status) => (Mask(status, "SigBlk:\t"), Mask(status, "SigIgn:\t"));

    private static long Mask(string status, string name) => Convert.ToInt64(status.Split(name)[1].Split('\n')[0], 16);
}
