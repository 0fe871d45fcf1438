using System.Diagnostics.Metrics;

namespace Observability.Sampling.Tests;

/// <summary>Reads the package's meter as an exporter would.</summary>
internal sealed class MetricReading : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly List<(string Name, double Value, Dictionary<string, string?> Labels)> _measurements = [];

    public MetricReading()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Observability.Sampling") listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, labels, _) => Keep(instrument, value, labels));
        _listener.SetMeasurementEventCallback<int>((instrument, value, labels, _) => Keep(instrument, value, labels));
        _listener.SetMeasurementEventCallback<double>((instrument, value, labels, _) => Keep(instrument, value, labels));
        _listener.Start();
    }

    /// <summary>The present values of an instrument, of all samplers of the process.</summary>
    public IEnumerable<(double Value, Dictionary<string, string?> Labels)> Of(string name)
    {
        lock (_measurements) _measurements.Clear();
        _listener.RecordObservableInstruments();
        lock (_measurements) return _measurements.Where(m => m.Name == name).Select(m => (m.Value, m.Labels)).ToList();
    }

    public double Sum(string name, params (string Key, string Value)[] labels) =>
        Of(name).Where(m => labels.All(label => m.Labels.GetValueOrDefault(label.Key) == label.Value)).Sum(m => m.Value);

    public void Dispose() => _listener.Dispose();

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        var copy = new Dictionary<string, string?>();
        foreach (var (key, label) in labels) copy[key] = label?.ToString();
        lock (_measurements) _measurements.Add((instrument.Name, value, copy));
    }
}
