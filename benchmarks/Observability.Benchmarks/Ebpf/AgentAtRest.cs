using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;

namespace Observability.Benchmarks.Ebpf;

/// <summary>The agent as it runs on a node where nothing happens: pods are looked for, metrics are offered.</summary>
[SupportedOSPlatform("linux")]
internal sealed class AgentAtRest(Report report, KernelBench bench, bool quick)
{
    public void Run()
    {
        var agent = bench.StartAgent("--pods", "--otlp", "--address", $"localhost:{FreePort()}");
        try
        {
            // The first looks for pods compile what looks for them; that is not rest.
            Thread.Sleep(TimeSpan.FromSeconds(11));
            var (clock, before) = (Stopwatch.StartNew(), Time(agent));
            Thread.Sleep(TimeSpan.FromSeconds(quick ? 10 : 60));
            var percent = (Time(agent) - before).TotalSeconds / clock.Elapsed.TotalSeconds * 100;
            var memory = agent.WorkingSet64 / 1e6;
            report.Line();
            report.Line(string.Create(CultureInfo.InvariantCulture, $"The agent at rest, looking for pods every 5 s: {percent:0.00} % of a processor, {memory:0.0} MB resident"));
            report.Goal("agent-idle-cpu", percent, "%", "<=", 0.5);
            report.Goal("agent-resident", memory, "MB", "<=", 60);
        }
        finally
        {
            KernelBench.Stop(agent);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static TimeSpan Time(Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime;
    }
}
