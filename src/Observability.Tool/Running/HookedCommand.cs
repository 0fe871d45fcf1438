using System.Diagnostics;
using System.Runtime.InteropServices;
using Observability.Tool.Installing;

namespace Observability.Tool.Running;

/// <summary>Runs a command with the hook in its environment, on this terminal, and ends as it ends.</summary>
internal static class HookedCommand
{
    private const string Variable = "DOTNET_STARTUP_HOOKS";
    private const int NotExecutable = 126;
    private const int NotFound = 127;
    private const int NoEntry = 2;

    /// <summary>Returns what a shell would: 127 when there is no such command, 126 when it cannot be run.</summary>
    public static int Run(string[] command, string payload, TextWriter error)
    {
        var hook = Path.Combine(payload, Installation.Hook);
        if (!File.Exists(hook)) throw new IOException($"no payload in {payload}: install the tool anew.");
        var start = new ProcessStartInfo(command[0], command[1..]);
        var hooks = Joined(start.Environment.TryGetValue(Variable, out var present) ? present : null, hook);
        if (OperatingSystem.IsWindows()) return RunBeside(start, hooks);
        var reason = CommandInPlace.Execute(command, Variable, hooks);
        error.WriteLine($"observability: {command[0]}: {Marshal.GetPInvokeErrorMessage(reason)}");
        return reason == NoEntry ? NotFound : NotExecutable;
    }

    /// <summary>Where a process cannot be replaced.</summary>
    private static int RunBeside(ProcessStartInfo start, string hooks)
    {
        start.Environment[Variable] = hooks;
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} could not be started.");
        // A console sends its signals to the child as well; this process waits for what the child makes of them.
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
