namespace Observability.Weaver.Startup.Process;

/// <summary>
/// The sockets of the runtime's diagnostics server and debugger. Their names hold the process's number and start time, which stay when it is run
/// anew: unless they are out of the way by then, the new runtime cannot have them, and dotnet-counters, dotnet-dump and the like find nobody.
/// </summary>
internal sealed class DiagnosticPorts : IDisposable
{
    private const string Aside = ".aside";

    private readonly List<string> _moved = [];

    public static DiagnosticPorts SetAside(int process)
    {
        var ports = new DiagnosticPorts();
        foreach (var file in Files(process, "*")) ports.Move(file);
        return ports;
    }

    /// <summary>In the new life, what the old one has left.</summary>
    public static void ForgetAside(int process)
    {
        foreach (var file in Files(process, "*" + Aside))
        {
            try
            {
                File.Delete(file);
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

    private void Move(string file)
    {
        if (NativeCalls.Rename(file, file + Aside)) _moved.Add(file);
    }

    private static IEnumerable<string> Files(int process, string ending)
    {
        // Where the runtime puts them: $TMPDIR, else /tmp.
        var folder = Path.GetTempPath();
        return Directory.GetFiles(folder, $"dotnet-diagnostic-{process}-{ending}").Concat(Directory.GetFiles(folder, $"clr-debug-pipe-{process}-{ending}"));
    }
}
