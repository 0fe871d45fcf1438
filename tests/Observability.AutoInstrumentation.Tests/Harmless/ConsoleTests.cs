using Observability.AutoInstrumentation.Tests.Apps;

namespace Observability.AutoInstrumentation.Tests.Harmless;

/// <summary>A program without a host runs the same with the hook as without.</summary>
public class ConsoleTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a,b c,--help")]
    [InlineData("lines=5000")]
    [InlineData("read")]
    [InlineData("where")]
    [InlineData("types")]
    [InlineData("exit=41")]
    [InlineData("throw")]
    [InlineData("abort")]
    [InlineData("child=exit=7")]
    public void A_console_program_behaves_the_same(string arguments)
    {
        var app = PublishedApp.Of("PlainConsole");
        string[] list = arguments.Length == 0 ? [] : arguments.Split(',');
        var bare = HookedRun.Run(app.Program, list, Sameness.Bare, input: "some input");
        var hooked = HookedRun.Run(app.Program, list, HookedRun.Hooked(), input: "some input");
        Sameness.Check(bare, hooked);
        Assert.Equal(bare.Error, hooked.Error);
    }

    [Fact]
    public void A_program_that_dotnet_runs_behaves_the_same()
    {
        var app = PublishedApp.Of("PlainConsole");
        Sameness.Check(HookedRun.Run("dotnet", [app.Library, "exit=9"], Sameness.Bare), HookedRun.Run("dotnet", [app.Library, "exit=9"], HookedRun.Hooked()));
    }
}
