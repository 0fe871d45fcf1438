using Observability.Tool.Running;

namespace Observability.Tool.Tests;

public class RunTests
{
    [SkippableTheory]
    [InlineData("run", "--")]
    [InlineData("run")]
    public void A_command_has_the_hook_and_its_exit_code_is_returned(params string[] before)
    {
        Skip.If(OperatingSystem.IsWindows(), "the command is a shell's");
        using var small = new SmallPayload();
        var (code, _) = small.Run([.. before, "sh", "-c", $"case \"$DOTNET_STARTUP_HOOKS\" in *{small.Payload}/Observability.StartupHook.dll) exit 7;; esac; exit 1"]);
        Assert.Equal(7, code);
    }

    [Fact]
    public void A_command_that_does_not_exist_is_said()
    {
        using var small = new SmallPayload();
        var (code, text) = small.Run("run", "--", "no-such-program");
        Assert.Equal(1, code);
        Assert.Contains("no-such-program", text, StringComparison.Ordinal);
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
}
