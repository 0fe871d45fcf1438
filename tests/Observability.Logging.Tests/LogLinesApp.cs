using TestPeers;

namespace Observability.Logging.Tests;

/// <summary>A program that logs lines and ends in the way that its first argument names.</summary>
internal static class LogLinesApp
{
    public static IReadOnlyDictionary<string, string?> Environment { get; } = new Dictionary<string, string?> { ["DOTNET_DbgEnableMiniDump"] = "0" };

    public static string File
    {
        get
        {
            var output = new DirectoryInfo(AppContext.BaseDirectory);
            return Repository.File("tests", "TestApps", "LogLines", "bin", output.Parent!.Name, output.Name, "LogLines.dll");
        }
    }
}
