using Observability.Ebpf.Agent.Tests.Lab;
using Observability.Ebpf.Diagnostics;
using Observability.Ebpf.Slots;

namespace Observability.Ebpf.Agent.Tests.Slots;

public sealed class PublisherTests
{
    [SkippableFact]
    public void Who_opens_a_connection_while_another_thread_finds_the_agent_finds_it_too()
    {
        using var mount = BpfMount.Require();
        using var agent = new RunningAgent(mount);
        for (var round = 0; round < 200; round++)
        {
            var publisher = new Publisher(agent.Maps, TimeProvider.System, new EbpfCounts());
            AgentMaps? second = null;
            var isReady = false;
            var other = new Thread(() =>
            {
                Volatile.Write(ref isReady, true);
                second = publisher.Maps;
            });
            other.Start();
            SpinWait.SpinUntil(() => Volatile.Read(ref isReady));
            var first = publisher.Maps;
            other.Join();

            Assert.NotNull(first);
            Assert.Same(first, second);
        }
    }
}
