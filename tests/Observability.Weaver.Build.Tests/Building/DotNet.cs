using TestPeers;

namespace Observability.Weaver.Build.Tests.Building;

/// <summary>The SDK's command line, away from what the test runner's own build put into the environment.</summary>
internal static class DotNet
{
    private static readonly Dictionary<string, string?> Environment = new()
    {
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["MSBuildSDKsPath"] = null,
        ["MSBUILD_EXE_PATH"] = null,
        ["MSBuildExtensionsPath"] = null,
    };

    /// <summary>What the command said; throws unless it succeeded.</summary>
    public static string Run(params string[] arguments)
    {
        var result = Try(arguments);
        return result.ExitCode == 0 ? result.Output : throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)}: {result}");
    }

    public static ToolResult Try(params string[] arguments) =>
        Tool.Run("dotnet", [.. arguments, "--nologo"], timeout: TimeSpan.FromMinutes(15), environment: Environment);
}
