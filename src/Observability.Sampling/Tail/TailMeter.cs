using System.Diagnostics.Metrics;

namespace Observability.Sampling;

/// <summary>The tail buffer's part of the meter <c>Observability.Sampling</c>.</summary>
internal sealed class TailMeter : IDisposable
{
    private static readonly KeyValuePair<string, object?> Error = new("sampling.reason", "tail-error");
    private static readonly KeyValuePair<string, object?> Slow = new("sampling.reason", "tail-slow");

    private readonly Meter _meter = new(SamplingMeter.Name);
    private readonly Counter<long> _kept;

    public TailMeter(TailBuffer buffer)
    {
        _kept = _meter.CreateCounter<long>("observability.sampling.tail.kept", "{trace}", "Local traces that the head dropped and the tail kept.");
        _meter.CreateObservableCounter("observability.sampling.tail.lost", () => Lost(buffer), "{span}", "Waiting spans that were let go because of a cap: memory, traces or age.");
        _meter.CreateObservableUpDownCounter("observability.sampling.tail.waiting", () => buffer.Traces, "{trace}", "Local traces that wait for their root.");
        _meter.CreateObservableUpDownCounter("observability.sampling.tail.memory", () => buffer.Bytes, "By", "Estimated memory of waiting spans.");
    }

    public void CountKept(TailVerdict verdict) => _kept.Add(1, verdict == TailVerdict.KeptForError ? Error : Slow);

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<long>> Lost(TailBuffer buffer) =>
    [
        new(buffer.LostToMemory, new KeyValuePair<string, object?>("cause", "memory")),
        new(buffer.LostToTraces, new KeyValuePair<string, object?>("cause", "traces")),
        new(buffer.LostToAge, new KeyValuePair<string, object?>("cause", "age")),
    ];
}
