using System.Diagnostics.Metrics;
using Observability.Sources.ProcessMetrics;

namespace Observability.Tests.Sources.ProcessMetrics;

/// <summary>What one collection of the meter says, by instrument name and the value of the one tag, if any.</summary>
internal sealed class Collected : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, double> _values = [];

    public Collected(ProcessMeter meter)
    {
        // Only this meter's instruments: another test may have a meter of the same name.
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (meter.Owns(instrument.Meter)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    public Dictionary<string, double> Now()
    {
        _values.Clear();
        _listener.RecordObservableInstruments();
        return _values;
    }

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _values[tags.IsEmpty ? instrument.Name : $"{instrument.Name}/{tags[0].Value}"] = value;
}
