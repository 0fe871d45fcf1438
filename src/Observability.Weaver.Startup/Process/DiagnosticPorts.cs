using System.Text;

namespace Observability.Weaver.Startup.Process;

/// <summary>
/// The sockets of the runtime's diagnostics server and debugger. Their names hold the process's number and start time, which stay when it is run
/// anew: unless they are out of the way by then, the new runtime cannot have them, and dotnet-counters, dotnet-dump and the like find nobody.
/// </summary>
internal sealed class DiagnosticPorts : IDisposable
{
    private const string Aside = ".aside";
    private const int FieldsBeforeStart = 19;

    private readonly List<string> _moved = [];

    public static DiagnosticPorts SetAside()
    {
        var ports = new DiagnosticPorts();
        foreach (var file in Files())
            if (NativeCalls.Rename(file, file + Aside)) ports._moved.Add(file);
        return ports;
    }

    /// <summary>In the new life, what the old one has left.</summary>
    public static void ForgetAside()
    {
        foreach (var file in Files())
        {
            try
            {
                File.Delete(file + Aside);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // An empty name in the temporary folder.
            }
        }
    }

    /// <summary>The process was not replaced: it keeps what it has.</summary>
    public void Dispose()
    {
        foreach (var file in _moved) NativeCalls.Rename(file + Aside, file);
    }

    /// <summary>Named, not searched for: a temporary folder may hold very many files.</summary>
    private static string[] Files()
    {
        // Where the runtime puts them: $TMPDIR, else /tmp.
        var folder = Path.GetTempPath();
        var process = $"{Environment.ProcessId}-{StartTime(Encoding.UTF8.GetString(File.ReadAllBytes("/proc/self/stat")))}";
        return [$"{folder}dotnet-diagnostic-{process}-socket", $"{folder}clr-debug-pipe-{process}-in", $"{folder}clr-debug-pipe-{process}-out"];
    }

    /// <summary>The twenty-second field; the second one, the program's name, may hold anything, and ends with the last parenthesis.</summary>
    internal static string StartTime(string statistics) =>
        statistics[(statistics.LastIndexOf(')') + 2)..].Split(' ')[FieldsBeforeStart];
}
