using System.Diagnostics.Metrics;

namespace Observability.Prometheus.Tests;

/// <summary>Observes now these of its series and now those; the others vanish until they are observed again.</summary>
internal sealed class VanishingProgram : IDisposable
{
    private readonly string[] _names;
    private readonly Random _random = new(31);
    private readonly long[] _values;
    private readonly Counter<long> _steady;

    public VanishingProgram(int series)
    {
        _names = [.. Enumerable.Range(0, series).Select(number => $"/queue/{number * 7919 % 1009}/of/{number}")];
        _values = new long[series];
        _steady = Meter.CreateCounter<long>("steady");
        Meter.CreateObservableCounter("handled", Observe);
        Meter.CreateObservableGauge("load", () => Observe().Select(measurement => new Measurement<double>(measurement.Value / 8.0, measurement.Tags)));
    }

    public Meter Meter { get; } = new("vanishing." + Guid.NewGuid().ToString("N"));

    /// <summary>One in how many series is not observed; 0 observes all.</summary>
    public int Missing { get; set; }

    public void Change()
    {
        for (var i = 0; i < _names.Length; i++)
        {
            _steady.Add(i % 3, new KeyValuePair<string, object?>("queue", _names[i]));
            if (_random.Next(4) == 0) _values[i] += _random.Next(1000);
        }
    }

    public void Dispose() => Meter.Dispose();

    private List<Measurement<long>> Observe()
    {
        var observed = new List<Measurement<long>>();
        for (var i = 0; i < _names.Length; i++)
        {
            if (Missing == 0 || i % Missing != 0) observed.Add(new Measurement<long>(_values[i], new KeyValuePair<string, object?>("queue", _names[i])));
        }
        return observed;
    }
}
