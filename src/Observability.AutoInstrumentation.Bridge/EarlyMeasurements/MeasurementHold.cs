using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Observability.AutoInstrumentation.Bridge.EarlyMeasurements;

/// <summary>
/// Keeps what is measured before the agent's meters listen, and measures it once more when they do. Without that a request that was already running would make
/// <c>http.server.active_requests</c> negative for good. Bounded: of more than 8,192 the rest is lost. An instrument that somebody else listens to as well is not
/// measured twice: what it told before is lost to the agent.
/// </summary>
internal sealed class MeasurementHold : IDisposable
{
    private const int Most = 8_192;

    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<HeldMeasurement> _held = new();
    private readonly ConcurrentDictionary<Instrument, Instrument> _shared = new(ReferenceEqualityComparer.Instance);
    private int _count;
    private volatile bool _ended;
    private volatile bool _hasOwn;

    private MeasurementHold()
    {
        _listener.InstrumentPublished = Hear;
        _listener.Start();
    }

    public static MeasurementHold Begin() => new();

    /// <summary>Whether something of the application's own instruments is held, not only .NET's.</summary>
    public bool HasOwn => _hasOwn;

    /// <summary>The agent is about to listen to the instrument.</summary>
    public void Stop(Instrument instrument)
    {
        _listener.DisableMeasurementEvents(instrument);
        if (instrument.Enabled) _shared.TryAdd(instrument, instrument);
    }

    /// <summary>The agent listens to every instrument.</summary>
    public void HandOver()
    {
        Dispose();
        while (_held.TryDequeue(out var measurement))
            if (!_shared.ContainsKey(measurement.Instrument)) measurement.Repeat();
    }

    public void Dispose()
    {
        _ended = true;
        _listener.Dispose();
    }

    private void Hear(Instrument instrument, MeterListener listener)
    {
        if (_ended || instrument.IsObservable) return;
        KeepAll(instrument, listener);
        listener.EnableMeasurementEvents(instrument);
    }

    /// <summary>Each of these is compiled at a start, on the way to the first span: only for the types of numbers that there are.</summary>
    private void KeepAll(Instrument instrument, MeterListener listener)
    {
        switch (instrument)
        {
            case Instrument<byte>: listener.SetMeasurementEventCallback<byte>(Keep); break;
            case Instrument<short>: listener.SetMeasurementEventCallback<short>(Keep); break;
            case Instrument<int>: listener.SetMeasurementEventCallback<int>(Keep); break;
            case Instrument<long>: listener.SetMeasurementEventCallback<long>(Keep); break;
            case Instrument<float>: listener.SetMeasurementEventCallback<float>(Keep); break;
            case Instrument<double>: listener.SetMeasurementEventCallback<double>(Keep); break;
            case Instrument<decimal>: listener.SetMeasurementEventCallback<decimal>(Keep); break;
        }
    }

    private void Keep<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
        where T : struct
    {
        if (Interlocked.Increment(ref _count) > Most) return;
        _held.Enqueue(new HeldMeasurementOf<T>(instrument, value, tags.ToArray()));
        if (!instrument.Meter.Name.StartsWith("System.", StringComparison.Ordinal) && !instrument.Meter.Name.StartsWith("Microsoft.", StringComparison.Ordinal)) _hasOwn = true;
    }
}
