using System.Diagnostics.Metrics;

namespace Observability.Ebpf.Diagnostics;

/// <summary>The meter <c>Observability.Ebpf</c>, read when somebody collects.</summary>
internal sealed class EbpfMeter : IDisposable
{
    public const string Name = "Observability.Ebpf";

    private readonly Meter _meter = new(Name);

    public EbpfMeter(EbpfCounts counts)
    {
        _meter.CreateObservableCounter("observability.ebpf.connections", () => new Measurement<long>[]
            {
                new(counts.Known, new KeyValuePair<string, object?>("outcome", "known")),
                new(counts.Unknown, new KeyValuePair<string, object?>("outcome", "unknown")),
            }, "{connection}", "HttpClient's connections whose socket was recognised, and those whose socket was not: spans on the latter carry no cookie.");
        _meter.CreateObservableCounter("observability.ebpf.slots.missing", () => counts.SlotsMissing, "{connection}",
            "Connections for which the agent's array had no free slot: kernel events about them carry no span.");
        _meter.CreateObservableCounter("observability.ebpf.kernel_events", () => new Measurement<long>[]
            {
                new(counts.KernelEvents, new KeyValuePair<string, object?>("outcome", "attached")),
                new(counts.LateEvents, new KeyValuePair<string, object?>("outcome", "late")),
            }, "{event}", "Kernel events about this process's spans: attached to the living span, or late, after its end.");
    }

    public void Dispose() => _meter.Dispose();
}
