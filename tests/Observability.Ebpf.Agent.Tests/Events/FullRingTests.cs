using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Observability.Ebpf.Agent.Tenants;
using Observability.Ebpf.Agent.Tests.Lab;

namespace Observability.Ebpf.Agent.Tests.Events;

public sealed class FullRingTests
{
    [SkippableFact]
    public void A_full_ring_loses_events_which_are_counted_and_works_again_once_it_was_read()
    {
        using var mount = BpfMount.Require();
        using var agent = new NodeAgent(AgentOptions.Read(["--pins", mount.Folder, "--address", "none", "--rtt-every-segment"]), TimeProvider.System, TextWriter.Null);
        Assert.Empty(agent.Tenants.Refresh(new TenantScan(false, new Dictionary<string, string>()).Find()));
        agent.Attach();
        using var application = new TaggedApplication(Path.Combine(mount.Folder, PinFolder.Version, "host"), options => options.KernelEvents = false);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var span = new Activity("flooded").Start();
        using var near = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        application.Sockets.Connecting(near, span);
        near.Connect(listener.LocalEndpoint);
        using var far = listener.AcceptSocket();

        // A record takes 144 bytes of the agent's megabyte, and of the tenant's quarter of one.
        Send(far, near, 10_000);
        var taken = agent.Pump.Drain();

        Assert.InRange(taken, 7_000, (1 << 20) / 144);
        Assert.InRange(Lost(agent, "agent"), 10_000ul - (ulong)taken, 40_000ul);
        Assert.InRange(Lost(agent, "tenant"), 8_000ul, 40_000ul);
        Assert.Contains($"observability_ebpf_events_lost_total{{event=\"RoundTrip\",ring=\"agent\"}} {Lost(agent, "agent")}\n", agent.Metrics.Write(isOpenMetrics: false, out _), StringComparison.Ordinal);

        Send(far, near, 50);
        Assert.InRange(agent.Pump.Drain(), 50, 1_000);
    }

    private static void Send(Socket from, Socket to, int messages)
    {
        var message = new byte[16];
        for (var i = 0; i < messages; i++)
        {
            from.Send(message);
            for (var received = 0; received < message.Length;) received += to.Receive(message);
        }
    }

    private static ulong Lost(NodeAgent agent, string ring) => agent.Kernel.Losses().Single(loss => loss.Kind == "RoundTrip" && loss.Ring == ring).Count;
}
