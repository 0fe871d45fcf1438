using System.Runtime.InteropServices;
using Observability.Ebpf.Agent.Events;

namespace Observability.Ebpf.Agent.Export;

/// <summary>What the agent counts. Labels have few values each: never a cookie, an address or a trace; those are what exemplars are for.</summary>
internal sealed class EventMetrics(TimeProvider time, Func<IReadOnlyList<(string Kind, string Ring, ulong Count)>> losses)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Name, string Attribution), (long Count, Exemplar? Last)> _events = [];
    private readonly LatencyHistogram _connects = new("system_network_tcp_connect_duration_seconds", "How long connections of tagged sockets took to be established or to fail.");
    private readonly LatencyHistogram _waits = new("system_thread_runqueue_delay_seconds", "How long threads that executed a span waited for a processor.");
    private readonly LatencyHistogram _roundTrips = new("system_network_tcp_rtt_seconds", "Smoothed round-trip time when it changed.");
    private long _rejected;
    private long _limited;

    public long Total
    {
        get
        {
            lock (_lock) return _events.Values.Sum(entry => entry.Count);
        }
    }

    public void Count(in KernelEvent kernel, string name)
    {
        var value = kernel.Kind switch
        {
            KernelEventKind.Connect or KernelEventKind.RunQueue => kernel.Value / 1e9,
            KernelEventKind.RoundTrip => kernel.Value / 1e6,
            _ => 1,
        };
        var exemplar = kernel.Attribution == Attribution.None ? null : ExemplarOf(kernel, value);
        lock (_lock)
        {
            ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_events, (name, AttributionText(kernel.Attribution)), out _);
            entry = (entry.Count + 1, exemplar is null ? entry.Last : exemplar with { Value = 1 });
            switch (kernel.Kind)
            {
                case KernelEventKind.Connect: _connects.Record(value, exemplar); break;
                case KernelEventKind.RunQueue: _waits.Record(value, exemplar); break;
                case KernelEventKind.RoundTrip: _roundTrips.Record(value, exemplar); break;
            }
        }
    }

    public void Rejected() => Interlocked.Increment(ref _rejected);

    public void Limited() => Interlocked.Increment(ref _limited);

    public string Write(bool isOpenMetrics, out string contentType)
    {
        var text = new ExpositionText(isOpenMetrics);
        contentType = text.ContentType;
        lock (_lock)
        {
            text.Family("observability_ebpf_events", "counter", "", "Kernel events about tagged sockets and threads.");
            foreach (var ((name, attribution), (count, last)) in _events.OrderBy(entry => entry.Key))
                text.Sample("observability_ebpf_events_total", $"event=\"{name}\",attribution=\"{attribution}\"", count, last);
            _connects.Write(text);
            _roundTrips.Write(text);
            _waits.Write(text);
        }
        text.Family("observability_ebpf_events_lost", "counter", "", "Kernel events for which a ring had no room.");
        foreach (var (kind, ring, count) in losses()) text.Sample("observability_ebpf_events_lost_total", $"event=\"{kind}\",ring=\"{ring}\"", count);
        text.Family("observability_ebpf_events_rejected", "counter", "", "Kernel events whose slot named no possible span.");
        text.Sample("observability_ebpf_events_rejected_total", "", Interlocked.Read(ref _rejected));
        text.Family("observability_ebpf_events_limited", "counter", "", "Kernel events that were counted but not sent, because their tenant had too many.");
        text.Sample("observability_ebpf_events_limited_total", "", Interlocked.Read(ref _limited));
        return text.End();
    }

    private static string AttributionText(Attribution attribution) => attribution switch
    {
        Attribution.Last => "last",
        Attribution.Exact => "exact",
        Attribution.Thread => "thread",
        _ => "none",
    };

    private Exemplar ExemplarOf(in KernelEvent kernel, double value) =>
        new(Hex(kernel.TraceHigh, kernel.TraceLow), Hex(kernel.Span), value, time.GetUtcNow());

    private static string Hex(params ReadOnlySpan<ulong> words) => Convert.ToHexStringLower(MemoryMarshal.AsBytes(words));
}
