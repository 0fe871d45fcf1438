using TestPeers;

namespace Observability.AutoInstrumentation.Tests.Apps;

/// <summary>The SDK's command line.</summary>
internal static class DotNet
{
    /// <summary>What the test runner's own build put into the environment is not meant for another.</summary>
    public static readonly IReadOnlyDictionary<string, string?> CleanEnvironment = new Dictionary<string, string?>
    {
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["MSBuildSDKsPath"] = null,
        ["MSBUILD_EXE_PATH"] = null,
        ["MSBuildExtensionsPath"] = null,
    };

    public static void Run(params string[] arguments)
    {
        var result = Tool.Run("dotnet", [.. arguments, "--nologo", "-v", "quiet"], timeout: TimeSpan.FromMinutes(15), environment: CleanEnvironment);
        if (result.ExitCode != 0) throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)}: {result}");
    }
}
