using Observability.AutoInstrumentation.Tests.Apps;
using TestPeers;

namespace Observability.AutoInstrumentation.Tests.Harmless;

/// <summary>The SDK's own commands inherit the variable, and are not touched.</summary>
public class SdkCommandTests
{
    [Theory]
    [InlineData("--version")]
    [InlineData("--list-runtimes")]
    [InlineData("no-such-command")]
    public void A_command_says_and_returns_the_same(string command)
    {
        var bare = Tool.Run("dotnet", [command], environment: With(null));
        var hooked = Tool.Run("dotnet", [command], environment: With(PackedPayload.Hook));
        Sameness.Check(bare, hooked);
        Assert.Equal(bare.Error, hooked.Error);
    }

    [SkippableFact]
    public void A_build_with_its_nodes_and_compilers_is_not_touched_and_what_it_runs_is_instrumented()
    {
        Slow.Require();
        var folder = Directory.CreateTempSubdirectory("observability-build-");
        File.WriteAllText(Path.Combine(folder.FullName, "Shop.csproj"), "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>");
        File.WriteAllText(Path.Combine(folder.FullName, "Program.cs"), "System.Console.WriteLine(System.AppDomain.CurrentDomain.GetData(\"Observability.StartupHook\") ?? \"bare\");");

        var build = Tool.Run("dotnet", ["build", "--nologo", "-m:2"], timeout: TimeSpan.FromMinutes(15), workingDirectory: folder.FullName, environment: With(PackedPayload.Hook));
        var run = Tool.Run("dotnet", ["run", "--no-build"], timeout: TimeSpan.FromMinutes(15), workingDirectory: folder.FullName, environment: With(PackedPayload.Hook));

        Assert.True(build.ExitCode == 0, build.ToString());
        Assert.DoesNotContain("OBS6", build.ToString(), StringComparison.Ordinal);
        Assert.Equal("ran", run.Output.Trim());
        folder.Delete(recursive: true);
    }

    private static Dictionary<string, string?> With(string? hook) => new(DotNet.CleanEnvironment) { ["DOTNET_STARTUP_HOOKS"] = hook, ["OTEL_EXPORTER_PROMETHEUS_PORT"] = "0" };
}
