using System.Net;
using System.Net.Sockets;
using Observability.Ebpf.Agent.Tests.Lab;
using TestPeers;

namespace Observability.Ebpf.Agent.Tests.Events;

public sealed class BpftraceTests
{
    [SkippableFact]
    public async Task The_cookie_on_a_span_is_the_one_that_the_shipped_bpftrace_script_prints()
    {
        using var mount = BpfMount.Require();
        await using var tracing = await Trace();
        using var application = new TaggedApplication(Path.Combine(mount.Folder, "nobody"));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var cookies = new HashSet<string>();

        // Attaching is announced before it is done: connections are made until one of them is seen.
        await tracing.WaitUntil(async () =>
        {
            using (var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
            {
                await socket.ConnectAsync(listener.LocalEndpoint);
                using var served = await listener.AcceptSocketAsync();
                using var span = application.Source.StartActivity("seen by bpftrace")!;
                application.Sockets.Tag(span, socket);
                cookies.Add((string)span.GetTagItem("network.socket.cookie")!);
            }
            return tracing.Output.Any(line => line.StartsWith("destroyed ", StringComparison.Ordinal) && cookies.Contains(line[10..]));
        }, TimeSpan.FromSeconds(90), "bpftrace has seen a tagged socket");
    }

    [SkippableFact]
    public async Task A_retransmit_that_the_script_prints_is_that_of_the_span_with_its_cookie()
    {
        using var mount = BpfMount.Require();
        using var neighbour = Neighbour.Require(mount);
        await using var tracing = await Trace();
        using var application = new TaggedApplication(Path.Combine(mount.Folder, "nobody"));
        using var listener = neighbour.Listen();
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(listener.LocalEndPoint!);
        using var span = application.Source.StartActivity("its bytes are lost")!;
        application.Sockets.Tag(span, socket);

        await tracing.WaitUntil(async () =>
        {
            neighbour.LoseNext(1, least: 100);
            await socket.SendAsync(new byte[200]);
            await Task.Delay(300);
            return tracing.Output.Contains($"retransmit {span.GetTagItem("network.socket.cookie")}");
        }, TimeSpan.FromSeconds(60), "bpftrace has seen the retransmit");
    }

    private static async Task<RunningProcess> Trace()
    {
        var bpftrace = Tool.Require("bpftrace");
        Skip.IfNot(Directory.Exists("/sys/kernel/tracing/events/tcp") || Directory.Exists("/sys/kernel/debug/tracing/events/tcp"), "no file system for tracing is mounted");
        var tracing = RunningProcess.Start(bpftrace, ["-B", "line", Repository.File("src", "Observability.Ebpf.Agent", "bpf", "cookies.bt")]);
        await tracing.WaitUntil(() => tracing.Output.Any(line => line.StartsWith("Attaching", StringComparison.Ordinal)), TimeSpan.FromSeconds(60), "bpftrace attaches");
        return tracing;
    }
}
