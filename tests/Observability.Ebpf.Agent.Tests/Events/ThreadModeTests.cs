using Observability.Ebpf.Agent.Tests.Lab;

namespace Observability.Ebpf.Agent.Tests.Events;

/// <summary>Sockets that nobody tags: what a library without any hook opens.</summary>
public sealed class ThreadModeTests
{
    [SkippableFact]
    public async Task A_retransmit_on_an_untagged_socket_names_the_span_of_the_thread_that_sent()
    {
        using var mount = BpfMount.Require();
        using var neighbour = Neighbour.Require(mount);
        using var agent = new RunningAgent(mount, "--threads");
        using var application = new TaggedApplication(agent.Maps, options => (options.Threads, options.Clients) = (true, false));
        using var listener = neighbour.Listen();
        using var connection = await ConnectedPair.To(listener);
        using (application.Source.StartActivity("another, on the same thread")) connection.Near.Send(new byte[10]);

        neighbour.LoseNext(1, least: 100);
        using var span = application.Source.StartActivity("of the lost bytes")!;
        connection.Near.Send(new byte[200]);

        var retransmit = await agent.Find("tcp.retransmit", span);
        Assert.Equal("thread", retransmit.GetProperty("attribution").GetString());
        // In the application as well: the cookie there is the kernel's, nobody asked for it.
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (!span.Events.Any(happened => happened.Name == "tcp.retransmit"))
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(90), "the event arrives on the span that still lives");
            await Task.Delay(20);
        }
    }
}
