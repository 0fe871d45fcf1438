using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Observability.Ebpf.Agent;
using Observability.Ebpf.Agent.Kernel;
using Observability.Ebpf.Agent.Tenants;

namespace Observability.Benchmarks.Ebpf;

/// <summary>Real kernel events: how many a second the agent's one thread takes from the ring, and what each program costs whoever triggers it.</summary>
[SupportedOSPlatform("linux")]
internal sealed class AgentAtWork(Report report, KernelBench bench, bool quick)
{
    /// <summary>Less than the ring of a megabyte holds.</summary>
    private const int Events = 6_000;

    public void Run()
    {
        report.Line();
        var counted = Rate();
        var written = Rate("--lines", "--limit", "100000000");
        report.Line(string.Create(CultureInfo.InvariantCulture, $"The agent's thread takes {counted:0} events a second from the kernel's ring: counted, and a thousand a second sent"));
        report.Line(string.Create(CultureInfo.InvariantCulture, $"and {written:0} a second when every single one becomes a JSON line"));
        report.Goal("agent-events-per-second", counted, "1/s", ">=", 90_000);
        Programs();
    }

    private double Rate(params string[] options)
    {
        using var agent = Agent(options);
        using var lane = new Lane(bench);
        var (taken, time) = (0L, TimeSpan.Zero);
        for (var round = 0; round < (quick ? 12 : 60); round++)
        {
            lane.Send(Events);
            var clock = Stopwatch.StartNew();
            var drained = agent.Pump.Drain();
            if (round < 4) continue;
            time += clock.Elapsed;
            taken += drained;
        }
        return taken / time.TotalSeconds;
    }

    private void Programs()
    {
        var statistics = Bpf.TurnOnStatistics();
        using var agent = Agent("--drops", "--runqueue", "10", "--threads");
        using var lane = new Lane(bench);
        lane.Send(quick ? 20_000 : 200_000);
        for (var i = 0; i < 500; i++) new Lane(bench).Dispose();
        var application = new Tagged(Path.Combine(bench.Folder, PinFolder.Version, "host"));
        TroubledConnections.CutOff(application, 500);
        TroubledConnections.Unanswered(application, 200);
        report.Line();
        report.Line("kernel program        tracepoint              ns a run      runs");
        foreach (var program in agent.Programs.Programs.Where(program => program.Descriptor >= 0))
        {
            var (nanoseconds, runs) = Bpf.Statistics(program.Descriptor);
            var cost = runs == 0 ? "-" : (nanoseconds / (double)runs).ToString("0", CultureInfo.InvariantCulture);
            report.Line(string.Create(CultureInfo.InvariantCulture, $"{program.Name,-21} {program.Tracepoint,-22} {cost,9} {runs,9}"));
        }
        Libc.Close(statistics);
    }

    private NodeAgent Agent(params string[] options)
    {
        var agent = new NodeAgent(AgentOptions.Read(["--pins", bench.Folder, "--address", "none", "--rtt-every-segment", .. options]), TimeProvider.System, TextWriter.Null);
        agent.Tenants.Refresh(new TenantScan(false, new Dictionary<string, string>()).Find());
        agent.Attach();
        return agent;
    }

    /// <summary>A bound connection over loopback; each message that arrives is an event.</summary>
    private sealed class Lane : IDisposable
    {
        private readonly Tagged _application;
        private readonly Socket _near = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        private readonly Socket _far;
        private readonly byte[] _message = new byte[64];

        public Lane(KernelBench bench)
        {
            _application = new Tagged(Path.Combine(bench.Folder, PinFolder.Version, "host"));
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            _application.Connecting(_near);
            _near.Connect(listener.LocalEndpoint);
            _far = listener.AcceptSocket();
        }

        public void Send(int messages)
        {
            for (var i = 0; i < messages; i++)
            {
                _far.Send(_message);
                _near.Receive(_message);
            }
        }

        public void Dispose()
        {
            _near.Dispose();
            _far.Dispose();
        }
    }
}
