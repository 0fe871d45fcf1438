namespace Observability.Ebpf.Diagnostics;

/// <summary>How well connections were recognised in this process.</summary>
internal sealed class EbpfCounts
{
    private long _known;
    private long _unknown;

    public long Known => Volatile.Read(ref _known);

    /// <summary>Connections whose socket could not be told for sure: spans on them carry no cookie rather than a wrong one.</summary>
    public long Unknown => Volatile.Read(ref _unknown);

    public void ConnectionKnown() => Interlocked.Increment(ref _known);

    public void ConnectionUnknown() => Interlocked.Increment(ref _unknown);
}
