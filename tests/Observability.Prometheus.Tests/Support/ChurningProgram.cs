using System.Diagnostics.Metrics;

namespace Observability.Prometheus.Tests;

/// <summary>Records into known series and makes new ones, the same for every instance.</summary>
internal sealed class ChurningProgram : IDisposable
{
    private readonly Random _random = new(17);
    private readonly Counter<long> _counter;
    private readonly Histogram<double> _histogram;
    private readonly Gauge<double> _gauge;
    private int _series;

    public ChurningProgram()
    {
        _counter = Meter.CreateCounter<long>("requests");
        _histogram = Meter.CreateHistogram<double>("latency", "s");
        _gauge = Meter.CreateGauge<double>("load");
    }

    public Meter Meter { get; } = new("churning." + Guid.NewGuid().ToString("N"));

    public void AddSeries(int count)
    {
        for (var i = 0; i < count; i++) Record(_series++);
    }

    public void Change(int count)
    {
        for (var i = 0; i < count; i++) Record(_random.Next(_series));
    }

    public void Dispose() => Meter.Dispose();

    private void Record(int series)
    {
        var tag = new KeyValuePair<string, object?>("path", series);
        _counter.Add(1, tag);
        _histogram.Record(_random.Next(100) / 8.0, tag);
        // Of one length: a body that must grow because its numbers did is not what is asked.
        _gauge.Record(_random.Next(1000, 9999) + 0.5, tag);
    }
}
