using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Observability.Benchmarks.Pipeline;

/// <summary>One process of benchmarks/PipelineApp: the measured server, the collector, the client. Ended with its disposal.</summary>
internal sealed class AppProcess : IDisposable
{
    private static readonly HttpClient Http = new();
    private readonly Process _process;

    private AppProcess(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    public static AppProcess StartSink()
    {
        var port = FreePort();
        var process = new AppProcess(Launch("sink " + port, []), port);
        process.WaitUntilItAnswers("nobody");
        return process;
    }

    public static AppProcess StartServer(Variant variant, AppProcess sink)
    {
        var port = FreePort();
        var process = new AppProcess(Launch($"server {variant.Kind} {port}", variant.Environment(sink.Port)), port);
        process.WaitUntilItAnswers("usage");
        return process;
    }

    public static AppProcess StartClient() => new(Launch("client", [], speaks: true), 0);

    public string Get(string path) => Http.GetStringAsync(new Uri($"http://127.0.0.1:{Port}/{path}")).GetAwaiter().GetResult();

    /// <summary>Writes a line to the process and reads its answer.</summary>
    public string Ask(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
        return _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The client ended.");
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private static Process Launch(string arguments, IEnumerable<KeyValuePair<string, string>> environment, bool speaks = false)
    {
        var application = Path.Combine(Report.Root(), "benchmarks", "PipelineApp", "bin", "Release", "net10.0", "PipelineApp.dll");
        if (!File.Exists(application)) throw new FileNotFoundException("Build benchmarks/PipelineApp in Release first; `dotnet run -c Release` does.", application);
        // The server has the first processor, client and collector share the last: who waits for whom no longer varies from round to
        // round. Log lines go to /dev/null, alike for every variant.
        var processor = arguments.StartsWith("server", StringComparison.Ordinal) ? 0 : Environment.ProcessorCount - 1;
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"exec taskset -c {processor} dotnet '{application}' {arguments}{(speaks ? "" : " >/dev/null")}"])
        {
            RedirectStandardInput = speaks,
            RedirectStandardOutput = speaks,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("OTEL_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private void WaitUntilItAnswers(string path)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                Get(path);
                return;
            }
            catch (HttpRequestException) when (clock.Elapsed < TimeSpan.FromSeconds(30) && !_process.HasExited)
            {
                Thread.Sleep(50);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
