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
    }

    public void Dispose() => _meter.Dispose();
}
