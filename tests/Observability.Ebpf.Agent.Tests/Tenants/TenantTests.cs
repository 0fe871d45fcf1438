using System.Diagnostics;
using System.Runtime.InteropServices;
using Observability.Ebpf.Agent.Tenants;
using Observability.Ebpf.Agent.Tests.Lab;

namespace Observability.Ebpf.Agent.Tests.Tenants;

public sealed class TenantTests
{
    [SkippableFact]
    public async Task A_restarted_agent_takes_up_the_connections_that_were_bound_before()
    {
        using var mount = BpfMount.Require();
        using var neighbour = Neighbour.Require(mount);
        using var listener = neighbour.Listen();
        var first = new RunningAgent(mount);
        using var application = new TaggedApplication(first.Maps);
        using var connection = await ConnectedPair.To(listener);
        await using var stream = application.Sockets.CreateStream(connection.Near);
        await stream.WriteAsync(new byte[10]);
        first.Dispose();

        using var second = new RunningAgent(mount);
        neighbour.LoseNext(1, least: 100);
        using var span = application.Source.StartActivity("after the restart")!;
        await stream.WriteAsync(new byte[200]);
        neighbour.WaitUntilLost(1);

        Assert.Equal("exact", (await second.Find("tcp.retransmit", span)).GetProperty("attribution").GetString());
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("agent")] // The agent's own: what the application has then is not the map that the new agent looks into.
    public async Task Pins_that_were_deleted_under_a_running_application_are_taken_up_anew(string folder)
    {
        using var mount = BpfMount.Require();
        using var neighbour = Neighbour.Require(mount);
        using var listener = neighbour.Listen();
        var first = new RunningAgent(mount);
        using var application = new TaggedApplication(first.Maps);
        using var connection = await ConnectedPair.To(listener);
        using (var before = application.Source.StartActivity("before")!) application.Sockets.Tag(before, connection.Near);
        first.Dispose();
        Directory.Delete(Path.Combine(mount.Folder, PinFolder.Version, folder), recursive: true);

        using var second = new RunningAgent(mount);
        using var span = application.Source.StartActivity("after the new pins")!;
        var clock = Stopwatch.StartNew();
        // The application looks every few seconds.
        while (!second.Events("tcp.retransmit").Any(line => line.GetProperty("span_id").GetString() == span.SpanId.ToHexString()))
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), "the old connection is bound to the new maps");
            application.Sockets.Tag(span, connection.Near);
            neighbour.LoseNext(1, least: 100);
            await connection.Near.SendAsync(new byte[200]);
            await Task.Delay(300);
        }
    }

    [SkippableFact]
    public async Task Rubbish_in_one_s_own_slots_is_rejected_and_others_are_not_affected()
    {
        using var mount = BpfMount.Require();
        using var neighbour = Neighbour.Require(mount);
        using var agent = new RunningAgent(mount);
        using var application = new TaggedApplication(agent.Maps);
        using var listener = neighbour.Listen();
        using var connection = await ConnectedPair.To(listener);
        await using var stream = application.Sockets.CreateStream(connection.Near);
        Fill(agent, new Random(8));
        using var span = application.Source.StartActivity("beside rubbish")!;
        neighbour.LoseNext(1, least: 100);
        // The span's own slot was filled with rubbish, too, and heals with the next publication.
        using var clean = await ConnectedPair.To(listener);
        await using var own = application.Sockets.CreateStream(clean.Near);
        await own.WriteAsync(new byte[200]);
        await agent.Find("tcp.retransmit", span);

        neighbour.LoseNext(1, least: 100);
        await connection.Near.SendAsync(new byte[200]);
        neighbour.WaitUntilLost(2);

        Assert.All(agent.Events("tcp.retransmit"), line => Assert.Equal(span.TraceId.ToHexString(), line.GetProperty("trace_id").GetString()));
    }

    [SkippableFact]
    public void A_tenant_that_comes_gets_slots_of_its_own_and_one_that_is_gone_leaves_no_pins()
    {
        using var mount = BpfMount.Require();
        using var agent = new RunningAgent(mount);
        var pins = new PinFolder(mount.Folder, (UnixFileMode)0b110_110_000, 0);
        var host = agent.Agent.Tenants.Find(ProcessFacts.Namespace("self", "net")!.Value)!;
        var pod = new Tenant("11111111-2222-3333-4444-555555555555", 77, [88], "c0ffee");

        Assert.Empty(agent.Agent.Tenants.Refresh([host, pod]));
        Assert.Equal(["events", "slots", "sockets", "threads"], Directory.GetFiles(pins.FolderOf(pod.Name)).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        using (var mine = new PinnedSlots(pins.FolderOf("host")))
        using (var theirs = new PinnedSlots(pins.FolderOf(pod.Name)))
        {
            mine.Bytes[300] = 42;
            Assert.Equal(0, theirs.Bytes[300]);
        }
        Assert.Empty(agent.Agent.Tenants.Refresh([host]));

        Assert.False(Directory.Exists(pins.FolderOf(pod.Name)));
        Assert.True(Directory.Exists(pins.FolderOf("host")));
    }

    /// <summary>Overwrites all slots of the tenant, as a hostile application could its own.</summary>
    private static void Fill(RunningAgent agent, Random random)
    {
        using var pinned = new PinnedSlots(agent.Maps);
        var slots = pinned.Bytes;
        for (var at = 256; at < slots.Length; at += 256)
        {
            var cookie = MemoryMarshal.Read<ulong>(slots[(at + 8)..]);
            random.NextBytes(slots.Slice(at, 256));
            // The cookie and plausible sequences stay, so that the kernel looks at what is behind them; the spans are those that no trace has.
            MemoryMarshal.Write(slots[(at + 8)..], cookie);
            MemoryMarshal.Write(slots[at..], 4UL);
            MemoryMarshal.Write(slots[(at + 16)..], cookie == 0 ? 0u : (uint)Environment.ProcessId);
            for (var entry = 0; entry < 4; entry++)
            {
                MemoryMarshal.Write(slots[(at + 64 + (entry * 48))..], (ulong)entry + 1);
                slots.Slice(at + 64 + (entry * 48) + 16, 24).Clear();
            }
        }
    }
}
