using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;

namespace Observability.Prometheus.Tests;

/// <summary>Creates instruments and series, lets them go, records anything; the same for the same seed.</summary>
internal sealed class MutatingProgram : IDisposable
{
    private static readonly string[] Odd = ["", "x\"y", "a\\b", "line\nend", "ü→🔑", "drop me", "v", "\ud800", "NaN"];
    private readonly Random _random;
    private readonly bool _awkward;
    private readonly List<(Meter Meter, List<Action> Records)> _meters = [];
    private readonly Activity _activity = new("work");
    private int _created;
    private bool _flaps;

    public MutatingProgram(Random random, bool awkward)
    {
        _random = random;
        _awkward = awkward;
        _activity.SetIdFormat(ActivityIdFormat.W3C);
        _activity.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        AddMeter();
    }

    public string Name { get; } = "mutating." + Guid.NewGuid().ToString("N");

    public static MetricStreamConfiguration? View(Instrument instrument) =>
        instrument.Name.Contains("expo", StringComparison.Ordinal) ? new Base2ExponentialBucketHistogramConfiguration { MaxScale = 6 }
        : instrument.Name.Contains("limited", StringComparison.Ordinal) ? new MetricStreamConfiguration { CardinalityLimit = 20 }
        : null;

    public void Step(int step)
    {
        if (step % 12 == 5) AddMeter();
        if (step % 40 == 39 && _meters.Count > 1)
        {
            _meters[0].Meter.Dispose();
            _meters.RemoveAt(0);
        }
        _flaps = _random.Next(3) == 0;
        foreach (var (_, records) in _meters)
        {
            for (var i = 0; i < 12; i++) records[_random.Next(records.Count)]();
        }
        if (!_awkward || step % 5 != 0) return;
        _activity.Start();
        foreach (var (_, records) in _meters) records[_random.Next(records.Count)]();
        _activity.Stop();
    }

    public void Dispose()
    {
        foreach (var (meter, _) in _meters) meter.Dispose();
    }

    private void AddMeter()
    {
        var number = _created++;
        var meter = new Meter(Name + "." + number % 3, "1." + number);
        var records = new List<Action>();
        var suffix = number % 2 == 0 ? "" : "." + number;
        var counter = meter.CreateCounter<long>("orders" + suffix, "{order}", "Orders.");
        var limited = meter.CreateCounter<double>("limited" + suffix, "By");
        var gauge = meter.CreateGauge<double>("load" + suffix);
        var levels = meter.CreateUpDownCounter<int>("level" + suffix);
        var latency = meter.CreateHistogram<double>("latency" + suffix, "s");
        var expo = meter.CreateHistogram<double>("expo" + suffix, "ms");
        var summary = meter.CreateHistogram<double>("summary" + suffix);
        meter.CreateObservableGauge("flapping" + suffix, Observe);
        records.Add(() => counter.Add(_random.Next(100_000), Tags()));
        records.Add(() => counter.Add(_random.Next(10)));
        records.Add(() => limited.Add(_random.NextDouble() * 1000, Tags()));
        records.Add(() => gauge.Record(_awkward && _random.Next(8) == 0 ? double.NaN : Math.Round(_random.NextDouble() * 100 - 50, 3), Tags()));
        records.Add(() => levels.Add(_random.Next(-50, 50), Tags()));
        records.Add(() => latency.Record(_awkward && _random.Next(200) == 0 ? -1 : _random.NextDouble() * 12, Tags()));
        records.Add(() => expo.Record(_random.NextDouble() * Math.Pow(10, _random.Next(-3, 4)), Tags()));
        records.Add(() => summary.Record(_random.NextDouble() * 100, Tags()));
        _meters.Add((meter, records));
    }

    private IEnumerable<Measurement<long>> Observe()
    {
        yield return new Measurement<long>(1, new KeyValuePair<string, object?>("part", "a"));
        if (!_flaps) yield return new Measurement<long>(2, new KeyValuePair<string, object?>("part", "b"));
        yield return new Measurement<long>(3, new KeyValuePair<string, object?>("part", "c"));
    }

    private KeyValuePair<string, object?>[] Tags()
    {
        var tags = new KeyValuePair<string, object?>[_random.Next(4)];
        for (var i = 0; i < tags.Length; i++)
        {
            object? value = _awkward && _random.Next(4) == 0 ? Odd[_random.Next(Odd.Length)] : _random.Next(3) == 0 ? _random.Next(30) : "value-" + _random.Next(30);
            tags[i] = new((_awkward && _random.Next(6) == 0 ? "k_" : "k.") + i, value);
        }
        if (_awkward && tags.Length > 0 && _random.Next(10) == 0) tags[0] = new("k", "drop " + _random.Next(3));
        return tags;
    }
}
