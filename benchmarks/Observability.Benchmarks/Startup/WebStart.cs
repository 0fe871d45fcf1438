using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Observability.Benchmarks.Startup;

/// <summary>Starts benchmarks/StartupApp and watches it come up.</summary>
internal static class WebStart
{
    private static readonly byte[] Request = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray();

    public static StartupMeasure Measure(string? hook, IReadOnlyDictionary<string, string>? settings = null)
    {
        var program = Path.Combine(Report.Root(), "benchmarks", "StartupApp", "bin", "Release", "net10.0", "StartupApp");
        var port = FreePort();
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, WorkingDirectory = Path.GetDirectoryName(program)! };
        HookEnvironment.Apply(start, hook, settings);
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:" + port.ToString(CultureInfo.InvariantCulture);
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        process.StandardOutput.ReadLine();
        var toMain = clock.Elapsed.TotalMilliseconds;
        AwaitAnswer(port, clock);
        var firstResponse = clock.Elapsed.TotalMilliseconds;
        // The agent builds its pipelines once the application has started: they belong to its memory and its work.
        Thread.Sleep(1_000);
        process.Refresh();
        var peak = process.PeakWorkingSet64 / 1048576.0;
        var processor = process.TotalProcessorTime.TotalMilliseconds;
        process.Kill();
        process.WaitForExit();
        return new StartupMeasure(toMain, firstResponse, peak, processor);
    }

    private static void AwaitAnswer(int port, Stopwatch clock)
    {
        var buffer = new byte[256];
        while (clock.Elapsed < TimeSpan.FromSeconds(30))
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Connect(IPAddress.Loopback, port);
                socket.Send(Request);
                if (socket.Receive(buffer) > 0) return;
            }
            catch (SocketException)
            {
                Thread.Sleep(1);
            }
        }
        throw new TimeoutException("The application did not answer.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
