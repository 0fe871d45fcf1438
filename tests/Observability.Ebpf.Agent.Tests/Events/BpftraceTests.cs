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
        var bpftrace = Tool.Require("bpftrace");
        Skip.IfNot(Directory.Exists("/sys/kernel/tracing/events/tcp") || Directory.Exists("/sys/kernel/debug/tracing/events/tcp"), "no file system for tracing is mounted");
        await using var tracing = RunningProcess.Start(bpftrace, ["-B", "line", Repository.File("src", "Observability.Ebpf.Agent", "bpf", "cookies.bt")]);
        await tracing.WaitUntil(() => tracing.Output.Any(line => line.StartsWith("Attaching", StringComparison.Ordinal)), TimeSpan.FromSeconds(30), "bpftrace attaches");
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
        }, TimeSpan.FromSeconds(30), "bpftrace has seen a tagged socket");
    }
}
