using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Observability.Ebpf.Agent.Events;
using Observability.Ebpf.Agent.Kernel;
using Observability.Ebpf.Agent.Loading;
using Observability.Ebpf.Agent.Tenants;
using Observability.Ebpf.Agent.Tests.Lab;

namespace Observability.Ebpf.Agent.Tests.Events;

public sealed class TearingTests
{
    private const int Wanted = 20_000;

    [SkippableFact]
    public async Task However_often_a_slot_is_rewritten_the_kernel_never_reads_halves_of_two_spans()
    {
        using var mount = BpfMount.Require();
        using var programs = KernelPrograms.Load((_, _) => null);
        using var memory = new KernelMemory(programs.Maps["losses"], programs.Maps["control"]);
        memory.Set(AgentOptions.Read(["--rtt-every-segment"]));
        var pins = new PinFolder(mount.Folder, (UnixFileMode)0b110_000_000, 0);
        Assert.Empty(new TenantMaps(programs.Maps, pins).Refresh(new TenantScan(false, new Dictionary<string, string>()).Find()));
        using var ring = new EventRing(programs.Maps["events"], 1 << 20);
        programs.Attach(program => program.Name == "on_segment");
        using var application = new TaggedApplication(pins.FolderOf("host"), options => options.KernelEvents = false);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(listener.LocalEndpoint);
        using var served = await listener.AcceptSocketAsync();
        using var first = new Activity("first").Start();
        using var second = new Activity("second").SetParentId(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom()).Start();
        HashSet<(ulong, ulong, ulong)> real = [Identity(first), Identity(second)];
        Assert.Equal(2, real.Count);
        var (whole, torn, rewrites) = (0, 0, 0L);
        var stop = false;
        var writer = new Thread(() =>
        {
            while (!Volatile.Read(ref stop))
            {
                application.Sockets.Connecting(socket, first);
                application.Sockets.Connecting(socket, second);
                rewrites += 2;
            }
        });
        writer.Start();

        var buffer = new byte[64];
        var clock = Stopwatch.StartNew();
        while (whole < Wanted && clock.Elapsed < TimeSpan.FromSeconds(60))
        {
            for (var i = 0; i < 16; i++) served.Send(buffer);
            for (var received = 0; received < 16 * buffer.Length;) received += socket.Receive(buffer);
            ring.Drain(Judge);
        }
        stop = true;
        writer.Join();

        Assert.Equal(0, torn);
        Assert.True(whole >= Wanted, $"only {whole} events in time");
        Assert.True(rewrites > Wanted, $"only {rewrites} rewrites");

        void Judge(in KernelEvent kernel)
        {
            if (real.Contains((kernel.TraceHigh, kernel.TraceLow, kernel.Span))) whole++;
            else torn++;
        }
    }

    private static (ulong, ulong, ulong) Identity(Activity span)
    {
        var bytes = new byte[24];
        span.TraceId.CopyTo(bytes.AsSpan(0, 16));
        span.SpanId.CopyTo(bytes.AsSpan(16));
        return (BitConverter.ToUInt64(bytes), BitConverter.ToUInt64(bytes, 8), BitConverter.ToUInt64(bytes, 16));
    }
}
