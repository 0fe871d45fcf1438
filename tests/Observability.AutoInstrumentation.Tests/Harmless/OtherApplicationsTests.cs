using Observability.AutoInstrumentation.Tests.Apps;

namespace Observability.AutoInstrumentation.Tests.Harmless;

public class OtherApplicationsTests
{
    [SkippableTheory]
    [InlineData("PlainSerilog")]
    [InlineData("PlainNLog")]
    public void An_application_that_chose_its_log_keeps_it(string name)
    {
        Slow.Require();
        AssertSame(PublishedApp.Of(name));
    }

    [SkippableTheory]
    [InlineData("8.0.0")]
    [InlineData("10.0.14")]
    public void An_application_with_another_DiagnosticSource_runs_the_same(string version)
    {
        Slow.Require();
        AssertSame(PublishedApp.Of("PlainConsole", "diagnostics-" + version, "-p:DiagnosticSourceVersion=" + version));
    }

    [SkippableTheory]
    [InlineData("net8.0")]
    [InlineData("net9.0")]
    public void An_application_on_an_older_runtime_is_left_alone_and_told_once(string framework)
    {
        Slow.Require();
        var app = PublishedApp.Of("PlainConsole", framework, "-p:TargetFramework=" + framework, "--runtime", "linux-x64", "--self-contained");
        var bare = HookedRun.Run(app.Program, [], Sameness.Bare);
        var hooked = HookedRun.Run(app.Program, [], HookedRun.Hooked());
        Sameness.Check(bare, hooked);
        Assert.StartsWith("OBS6001: ", Assert.Single(hooked.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("single-file", "--runtime", "linux-x64", "--no-self-contained", "-p:PublishSingleFile=true")]
    [InlineData("self-contained", "--runtime", "linux-x64", "--self-contained")]
    [InlineData("self-contained-single-file", "--runtime", "linux-x64", "--self-contained", "-p:PublishSingleFile=true")]
    [InlineData("trimmed", "--runtime", "linux-x64", "--self-contained", "-p:PublishTrimmed=true")]
    [InlineData("ready-to-run", "--runtime", "linux-x64", "--no-self-contained", "-p:PublishReadyToRun=true")]
    public void However_it_is_published_a_console_program_runs_the_same(string variant, params string[] arguments)
    {
        Slow.Require();
        AssertSame(PublishedApp.Of("PlainConsole", variant, arguments));
    }

    [SkippableFact]
    public void An_application_with_the_newest_SDK_is_left_to_it()
    {
        Slow.Require();
        var app = PublishedApp.Of("OldSdk", "newest", "-p:OpenTelemetryVersion=1.20.1");
        var bare = HookedRun.Run(app.Program, [], Sameness.Bare);
        var hooked = HookedRun.Run(app.Program, [], HookedRun.Hooked());
        Sameness.Check(bare, hooked);
        Assert.StartsWith("OBS6005: ", Assert.Single(hooked.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    private static void AssertSame(PublishedApp app)
    {
        var bare = HookedRun.Run(app.Program, ["exit=4"], Sameness.Bare);
        var hooked = HookedRun.Run(app.Program, ["exit=4"], HookedRun.Hooked());
        Sameness.Check(bare, hooked);
        Assert.Equal(bare.Error, hooked.Error);
    }
}
