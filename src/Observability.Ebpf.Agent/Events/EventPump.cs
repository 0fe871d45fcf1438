using Observability.Ebpf.Agent.Export;

namespace Observability.Ebpf.Agent.Events;

/// <summary>From the ring to the exports. All events are counted in metrics; those that are sent as records are limited for each tenant.</summary>
internal sealed class EventPump(EventRing ring, EventDescriber describer, RateLimit limit, EventMetrics metrics, Action<EventRecord> send)
{
    private const int PatienceMilliseconds = 200;

    /// <summary>Runs on its own thread until it is told to stop. Asleep while there are no events.</summary>
    public void Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (ring.Wait(PatienceMilliseconds)) Drain();
        }
    }

    public int Drain() => ring.Drain(Received);

    private void Received(in KernelEvent kernel)
    {
        if (!EventDescriber.IsPlausible(kernel))
        {
            metrics.Rejected();
            return;
        }
        if (EventDescriber.NameOf(kernel) is not { } name) return;
        metrics.Count(kernel, name);
        if (!limit.Allows(kernel.NetworkNamespace))
        {
            metrics.Limited();
            return;
        }
        if (describer.Describe(kernel) is { } record) send(record);
    }
}
