using System.Globalization;
using Observability.AutoInstrumentation.Tests.Apps;
using TestPeers;

namespace Observability.AutoInstrumentation.Tests.Harmless;

/// <summary>Little memory, one processor, nothing that can be written to, another user.</summary>
public class ScarcityTests
{
    [Theory]
    [InlineData("DOTNET_GCHeapHardLimit", "0x4000000")]
    [InlineData("DOTNET_PROCESSOR_COUNT", "1")]
    public void A_worker_under_a_limit_runs_the_same(string name, string value)
    {
        var app = PublishedApp.Of("PlainWorker");
        var bare = HookedRun.Run(app.Program, [], new Dictionary<string, string?>(Sameness.Bare) { [name] = value });
        var environment = HookedRun.Hooked();
        environment[name] = value;
        environment["Observability__Logs__Json"] = "false";
        var hooked = HookedRun.Run(app.Program, [], environment);
        Sameness.CheckLines(bare, hooked);
        Assert.Equal("", hooked.Error);
    }

    [SkippableFact]
    public void A_worker_in_a_control_group_of_64_megabytes_on_one_processor_runs_the_same()
    {
        Tool.Require("taskset");
        using var limit = MemoryLimit.Of(64 << 20);
        var command = limit.Run(PublishedApp.Of("PlainWorker").Program);
        var bare = HookedRun.Run("sh", command, Sameness.Bare);
        var environment = HookedRun.Hooked();
        environment["Observability__Logs__Json"] = "false";
        var hooked = HookedRun.Run("sh", command, environment);
        Sameness.CheckLines(bare, hooked);
        Assert.Equal((0, ""), (hooked.ExitCode, hooked.Error));
    }

    [SkippableFact]
    public void Any_user_without_a_writable_directory_runs_the_same()
    {
        var sandbox = Tool.Require("bwrap");
        var app = PublishedApp.Of("PlainWorker");
        var user = new Random(6).Next(10_000, 60_000).ToString(CultureInfo.InvariantCulture);
        string[] inside = ["--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--unshare-user", "--uid", user, "--gid", user, "--chdir", "/", "--", app.Program];
        Skip.IfNot(Tool.Run(sandbox, [.. inside[..^1], "true"]).ExitCode == 0, "bwrap may not make a namespace here");
        var bare = Tool.Run(sandbox, inside, environment: Sameness.Bare);
        var environment = HookedRun.Hooked();
        environment["Observability__Logs__Json"] = "false";
        var hooked = Tool.Run(sandbox, inside, environment: environment);
        Sameness.CheckLines(bare, hooked);
        Assert.Equal(bare.Error, hooked.Error);
    }
}
