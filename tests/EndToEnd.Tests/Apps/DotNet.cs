using TestPeers;

namespace EndToEnd.Tests.Apps;

/// <summary>The SDK's command line.</summary>
internal static class DotNet
{
    public static void Run(params string[] arguments)
    {
        // What the test runner's own build put into the environment is not meant for this one.
        var environment = new Dictionary<string, string?> { ["MSBUILDDISABLENODEREUSE"] = "1", ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1", ["MSBuildSDKsPath"] = null, ["MSBUILD_EXE_PATH"] = null, ["MSBuildExtensionsPath"] = null };
        var result = Tool.Run("dotnet", [.. arguments, "--nologo", "-v", "quiet"], timeout: TimeSpan.FromMinutes(15), environment: environment);
        if (result.ExitCode != 0) throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)}: {result}");
    }
}
