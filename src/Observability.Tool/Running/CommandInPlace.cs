using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Observability.Tool.Running;

/// <summary>
/// Puts a command in this process's own place. It has the process's number, terminal and open files, so that signals reach it as they would without
/// us, as the first process of a container above all, and its end is the process's end.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal static partial class CommandInPlace
{
    private const int BrokenPipe = 13;
    private const int FieldsBeforeStart = 19;

    /// <summary>Does not return when it succeeds; otherwise the number of the system's reason.</summary>
    public static int Execute(string[] command, string variable, string value)
    {
        // .NET keeps a copy of the environment; this one is what the command gets.
        if (SetVariable(variable, value, overwrite: 1) != 0) return Marshal.GetLastPInvokeError();
        ForgetDiagnostics();
        // The runtime has it ignored, which would be inherited; a program is to end when nobody reads its output.
        Signal(BrokenPipe, 0);
        _ = ExecuteByName(command[0], [.. command, null]);
        return Marshal.GetLastPInvokeError();
    }

    /// <summary>The runtime's sockets have the process's number and start time for a name, which stay: another runtime could not make its own.</summary>
    private static void ForgetDiagnostics()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            // The twenty-second field; the second one, the program's name, may hold anything, and ends with the last parenthesis.
            var fields = File.ReadAllText("/proc/self/stat");
            var process = $"{Environment.ProcessId}-{fields[(fields.LastIndexOf(')') + 2)..].Split(' ')[FieldsBeforeStart]}";
            foreach (var name in new[] { $"dotnet-diagnostic-{process}-socket", $"clr-debug-pipe-{process}-in", $"clr-debug-pipe-{process}-out" }) File.Delete(Path.Combine(Path.GetTempPath(), name));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The command runs all the same; it is dotnet-counters and its kind that may not find it.
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint Signal(int signal, nint handler);

    [LibraryImport("libc", EntryPoint = "execvp", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ExecuteByName(string file, string?[] arguments);
}
