using System.Diagnostics;
using System.Runtime.InteropServices;
using Observability.Tool.Installing;

namespace Observability.Tool.Running;

/// <summary>Runs a command with the hook in its environment, on this terminal, and ends as it ends.</summary>
internal static class HookedCommand
{
    private const string Variable = "DOTNET_STARTUP_HOOKS";

    public static int Run(string[] command, string payload)
    {
        var hook = Path.Combine(payload, Installation.Hook);
        if (!File.Exists(hook)) throw new IOException($"no payload in {payload}: install the tool anew.");
        var start = new ProcessStartInfo(command[0], command[1..]);
        var present = start.Environment.TryGetValue(Variable, out var value) ? value : null;
        start.Environment[Variable] = Joined(present, hook);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} could not be started.");
        // A terminal sends its signals to the child as well; this process waits for what the child makes of them.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, static context => context.Cancel = true);
        using var quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, static context => context.Cancel = true);
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>Hooks that are named already come first, and ours is named once.</summary>
    public static string Joined(string? present, string hook) =>
        string.IsNullOrEmpty(present) ? hook
        : present.Split(Path.PathSeparator).Contains(hook, StringComparer.Ordinal) ? present
        : present + Path.PathSeparator + hook;
}
