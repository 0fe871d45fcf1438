using System.Diagnostics;

namespace Observability.Benchmarks.Startup;

/// <summary>A command of the SDK that runs managed code and ends soon.</summary>
internal static class SdkCommand
{
    public static double Measure(string? hook)
    {
        var start = new ProcessStartInfo("dotnet", ["--info"]) { RedirectStandardOutput = true };
        HookEnvironment.Apply(start, hook, settings: null);
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return clock.Elapsed.TotalMilliseconds;
    }
}
