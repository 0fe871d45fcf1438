namespace Observability.Tool.Tests;

public class DoctorTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const string Net10 = """{"runtimeOptions":{"tfm":"net10.0","framework":{"name":"Microsoft.NETCore.App","version":"10.0.0"}}}""";

    [Fact]
    public void An_application_without_obstacles_is_instrumented()
    {
        using var small = App(Net10);
        AssertVerdict(0, "instrumented", small.Run("doctor", small.In("app")));
        AssertVerdict(0, "instrumented", small.Run("doctor", "--", "dotnet", small.In("app/Shop.dll")));
    }

    [Theory]
    [InlineData("""{"runtimeOptions":{"tfm":"net8.0"}}""", "OBS6001")]
    [InlineData("""{"runtimeOptions":{"tfm":"net10.0","configProperties":{"System.StartupHookProvider.IsSupported":false}}}""", "switched off")]
    [InlineData("{}", "cannot be read")]
    [InlineData("rubbish", "cannot be read")]
    public void An_obstacle_in_the_configuration_is_named(string configuration, string reason)
    {
        using var small = App(configuration);
        AssertVerdict(1, reason, small.Run("doctor", small.In("app")));
    }

    [Fact]
    public void An_SDK_of_the_applications_own_is_named()
    {
        using var small = App(Net10);
        small.Write("app/OpenTelemetry.dll", "");
        AssertVerdict(1, "OBS6005", small.Run("doctor", small.In("app")));
    }

    [Theory]
    [InlineData("ef")]
    [InlineData("dotnet-trace")]
    public void A_name_that_the_hook_takes_for_the_tool_chains_is_told(string name)
    {
        using var small = App(Net10, name);
        AssertVerdict(1, $"OBSERVABILITY_AUTO_INCLUDE={name}", small.Run("doctor", small.In("app")));
    }

    [Fact]
    public void A_runtime_that_was_trimmed_beneath_the_hook_is_told()
    {
        using var small = App("""{"runtimeOptions":{"tfm":"net10.0","includedFrameworks":[{"name":"Microsoft.NETCore.App","version":"10.0.0"}]}}""");
        AssertVerdict(1, "netstandard.dll", small.Run("doctor", small.In("app")));
        small.Write("app/netstandard.dll", "");
        AssertVerdict(0, "instrumented", small.Run("doctor", small.In("app")));
    }

    [Fact]
    public void What_is_no_application_is_not_taken_for_one()
    {
        using var small = App(Net10);
        small.Write("app/notes.txt", "");
        AssertVerdict(1, "no application of .NET", small.Run("doctor", small.In("app/notes.txt")));
        AssertVerdict(1, "is a file", small.Run("doctor", "--", "list", small.In("app/notes.txt")));
        AssertVerdict(1, "no application of .NET", small.Run("doctor", Environment.ProcessPath!));
    }

    [Theory]
    [InlineData("app/Shop.runtimeconfig.json")]
    [InlineData("app/Shop.dll")]
    public void A_file_of_an_application_stands_for_it(string file)
    {
        using var small = App(Net10);
        AssertVerdict(0, "the application is Shop in " + small.In("app"), small.Run("doctor", small.In(file)));
    }

    [Fact]
    public void An_executable_with_a_dot_in_its_name_is_the_application_of_that_name()
    {
        using var small = App(Net10, "Shop.Web");
        small.Write("app/Shop.Web", "");
        AssertVerdict(0, "the application is Shop.Web in " + small.In("app"), small.Run("doctor", small.In("app/Shop.Web")));
    }

    [Theory]
    [InlineData(0, "a host", 1, "is not beside it")]
    [InlineData(1_048_570, "a mark across two readings", 1, "is not beside it")]
    [InlineData(1_048_570, "a bundle", 0, "it is a single file")]
    public void An_executable_is_known_by_the_mark_of_its_host(int before, string what, int code, string text)
    {
        using var small = new SmallPayload();
        var bundle = BitConverter.GetBytes(what == "a bundle" ? 95_936L : 0L);
        File.WriteAllBytes(small.In("Shop"), [.. new byte[before], .. bundle, .. System.Security.Cryptography.SHA256.HashData(".net core bundle\n"u8), 1]);
        AssertVerdict(code, text, small.Run("doctor", small.In("Shop")));
    }

    [Fact]
    public void Every_application_in_an_images_file_system_is_looked_at_and_the_runtime_is_none()
    {
        using var small = new SmallPayload();
        small.Write("image/srv/shop/app/Shop.runtimeconfig.json", Net10);
        small.Write("image/srv/dotnet/stock/Stock.runtimeconfig.json", Net10);
        small.Write("image/opt/old/Old.runtimeconfig.json", """{"runtimeOptions":{"tfm":"net8.0"}}""");
        small.Write("image/usr/share/dotnet/sdk/10.0.100/dotnet.runtimeconfig.json", "rubbish");
        var (code, text) = small.Run("doctor", small.In("image"));
        Assert.Equal(1, code);
        Assert.Contains("the application is Shop in " + small.In("image/srv/shop/app"), text, StringComparison.Ordinal);
        Assert.Contains("OBS6001", text, StringComparison.Ordinal);
        Assert.DoesNotContain("rubbish", text, StringComparison.Ordinal);
        Assert.Contains("the application is Stock in " + small.In("image/srv/dotnet/stock"), text, StringComparison.Ordinal);
        Assert.Equal(3, text.Split("the application is ").Length - 1);
    }

    [Fact]
    public void A_folder_without_an_application_is_said()
    {
        using var small = new SmallPayload();
        AssertVerdict(1, "no application", small.Run("doctor", small.Payload));
        AssertVerdict(1, "is a file", small.Run("doctor", "--", "no-such-thing"));
    }

    [SkippableFact]
    public void A_running_process_without_the_hook_is_said_why()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "/proc is Linux's");
        using var small = new SmallPayload();
        var (code, text) = small.Run("doctor", Environment.ProcessId.ToString());
        Assert.Equal(1, code);
        Assert.Contains($"process {Environment.ProcessId} runs .NET", text, StringComparison.Ordinal);
        Assert.Contains("the agent is not loaded", text, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("OBSERVABILITY_AUTO_EXCLUDE", "Observability.*", "OBSERVABILITY_AUTO_EXCLUDE=Observability.* leaves Observability.Tool out")]
    [InlineData("OBSERVABILITY_AUTO_INCLUDE", "Shop", "OBSERVABILITY_AUTO_INCLUDE=Shop does not name Observability.Tool")]
    [InlineData("OBSERVABILITY__ENABLED", "False", "Observability__Enabled=false switches instrumentation off")]
    public void A_variable_that_leaves_a_running_process_out_is_named(string name, string value, string text)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "/proc is Linux's");
        // Looks at itself.
        var ended = TestPeers.Tool.Run("sh", ["-c", "exec \"$@\" doctor $$", "sh", .. ToolProcess.Command], environment: new Dictionary<string, string?> { [name] = value });
        AssertVerdict(1, text, (ended.ExitCode, ended.Output));
        Assert.DoesNotContain("stderr", ended.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_running_agent_is_told_from_one_that_has_given_up()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "/proc is Linux's");
        using var small = App(Net10);
        await using var running = Lingering(small, "Observability__Traces__Enabled", "true");
        await running.WaitUntil(() => small.Run("doctor", running.Id.ToString()) is { Code: 0 } told && told.Text.EndsWith("\ninstrumented\n", StringComparison.Ordinal), Patience, "the agent runs");

        await using var wrong = Lingering(small, "Observability__Traces__Enabledd", "true");
        await wrong.WaitUntil(() => wrong.Error.Any(line => line.StartsWith("OBS6006", StringComparison.Ordinal)), Patience, "the agent has given up");
        AssertVerdict(1, "it has given up", small.Run("doctor", wrong.Id.ToString()));
    }

    /// <summary>The tool itself, under the hook, which waits for somebody to write into a pipe that it reads.</summary>
    private static TestPeers.RunningProcess Lingering(SmallPayload small, string name, string value)
    {
        File.Delete(small.In("app/Shop.runtimeconfig.json"));
        TestPeers.Tool.Run(TestPeers.Tool.Require("mkfifo"), [small.In("app/Shop.runtimeconfig.json")]);
        return TestPeers.RunningProcess.Start(ToolProcess.Command[0], [ToolProcess.Command[1], "doctor", small.In("app/Shop.dll")], new Dictionary<string, string?>
        {
            ["DOTNET_STARTUP_HOOKS"] = Path.Combine(ToolProcess.Payload, "Observability.StartupHook.dll"),
            ["OTEL_EXPORTER_PROMETHEUS_PORT"] = "0",
            [name] = value,
        });
    }

    private static SmallPayload App(string configuration, string name = "Shop")
    {
        var small = new SmallPayload();
        small.Write($"app/{name}.runtimeconfig.json", configuration);
        small.Write($"app/{name}.dll", "");
        return small;
    }

    private static void AssertVerdict(int code, string text, (int Code, string Text) actual)
    {
        Assert.Contains(text, actual.Text, StringComparison.Ordinal);
        Assert.Equal(code, actual.Code);
    }
}
