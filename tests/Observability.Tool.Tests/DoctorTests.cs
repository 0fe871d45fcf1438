namespace Observability.Tool.Tests;

public class DoctorTests
{
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

    [Fact]
    public void Every_application_in_an_images_file_system_is_looked_at_and_the_runtime_is_none()
    {
        using var small = new SmallPayload();
        small.Write("image/srv/shop/app/Shop.runtimeconfig.json", Net10);
        small.Write("image/opt/old/Old.runtimeconfig.json", """{"runtimeOptions":{"tfm":"net8.0"}}""");
        small.Write("image/usr/share/dotnet/sdk/10.0.100/dotnet.runtimeconfig.json", "rubbish");
        var (code, text) = small.Run("doctor", small.In("image"));
        Assert.Equal(1, code);
        Assert.Contains("the application is Shop in " + small.In("image/srv/shop/app"), text, StringComparison.Ordinal);
        Assert.Contains("OBS6001", text, StringComparison.Ordinal);
        Assert.DoesNotContain("rubbish", text, StringComparison.Ordinal);
        Assert.Equal(2, text.Split("the application is ").Length - 1);
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

    private static SmallPayload App(string configuration)
    {
        var small = new SmallPayload();
        small.Write("app/Shop.runtimeconfig.json", configuration);
        small.Write("app/Shop.dll", "");
        return small;
    }

    private static void AssertVerdict(int code, string text, (int Code, string Text) actual)
    {
        Assert.Contains(text, actual.Text, StringComparison.Ordinal);
        Assert.Equal(code, actual.Code);
    }
}
