using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Observability.Weaver.Tests.Weaving;

/// <summary>Hears the measurements of one meter.</summary>
internal sealed class MeterRecorder : IDisposable
{
    private readonly ConcurrentQueue<(string Instrument, double Value)> _measurements = new();
    private readonly MeterListener _listener = new();

    public MeterRecorder(string meter)
    {
        _listener.InstrumentPublished = (instrument, listener) => { if (instrument.Meter.Name == meter) listener.EnableMeasurementEvents(instrument); };
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => _measurements.Enqueue((instrument.Name, value)));
        _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => _measurements.Enqueue((instrument.Name, value)));
        _listener.Start();
    }

    public double Sum(string instrument) => Of(instrument).Sum(measurement => measurement.Value);

    public int Count(string instrument) => Of(instrument).Count();

    public void Dispose() => _listener.Dispose();

    private IEnumerable<(string Instrument, double Value)> Of(string instrument) => _measurements.Where(measurement => measurement.Instrument == instrument);
}
