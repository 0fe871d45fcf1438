namespace Observability.Ebpf.Diagnostics;

/// <summary>How well connections were recognised in this process.</summary>
internal sealed class EbpfCounts
{
    private long _known;
    private long _unknown;
    private long _slotsMissing;
    private long _kernelEvents;
    private long _lateEvents;

    public long Known => Volatile.Read(ref _known);

    /// <summary>Connections whose socket could not be told for sure: spans on them carry no cookie rather than a wrong one.</summary>
    public long Unknown => Volatile.Read(ref _unknown);

    /// <summary>Connections for which the agent's array had no free slot.</summary>
    public long SlotsMissing => Volatile.Read(ref _slotsMissing);

    /// <summary>Kernel events that became events of a living span.</summary>
    public long KernelEvents => Volatile.Read(ref _kernelEvents);

    /// <summary>Kernel events whose span had ended; the agent sends them all the same.</summary>
    public long LateEvents => Volatile.Read(ref _lateEvents);

    public void SlotMissing() => Interlocked.Increment(ref _slotsMissing);

    public void KernelEvent(bool late) => Interlocked.Increment(ref late ? ref _lateEvents : ref _kernelEvents);

    public void ConnectionKnown() => Interlocked.Increment(ref _known);

    public void ConnectionUnknown() => Interlocked.Increment(ref _unknown);
}
