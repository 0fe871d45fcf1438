using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Observability.Benchmarks.Prometheus;

/// <summary>The usual mix of samples: half three-label counters, half ten-bucket histograms; a tenth of the points change between scrapes.</summary>
internal sealed class ScrapeMix : IDisposable
{
    private const int LinesPerHistogram = 13;
    private static readonly double[] Bounds = [0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE"];
    private readonly Random _random = new(42);
    private readonly Meter _meter = new("benchmark." + Guid.NewGuid().ToString("N")[..8], "1.0");
    private readonly Counter<long>[] _counters;
    private readonly Histogram<double>[] _histograms;
    private readonly MeterProvider _provider;
    private int _counterPoints;
    private int _histogramPoints;

    public ScrapeMix(int samples, BaseExporter<Metric> exporter, bool exemplars = false)
    {
        var families = Math.Clamp(samples / 2000, 1, 20);
        _counters = [.. Enumerable.Range(0, families).Select(i => _meter.CreateCounter<long>($"shop.requests.{i}", "{request}", "Requests served."))];
        _histograms = [.. Enumerable.Range(0, families).Select(i => _meter.CreateHistogram($"shop.latency.{i}", "s", "How long requests took.", null, new InstrumentAdvice<double> { HistogramBucketBoundaries = Bounds }))];
        _provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter(_meter.Name)
            .AddView(_ => new MetricStreamConfiguration { CardinalityLimit = samples + 20_000 })
            .SetExemplarFilter(exemplars ? ExemplarFilterType.TraceBased : ExemplarFilterType.AlwaysOff)
            .AddReader(new BaseExportingMetricReader(exporter))
            .Build();
        AddSeries(samples / 2, samples / 2 / LinesPerHistogram);
    }

    public int Points => _counterPoints + _histogramPoints;

    /// <summary>Adds counters' and histograms' points, each with a few values.</summary>
    public void AddSeries(int counters, int histograms)
    {
        for (var i = 0; i < counters; i++) Count(_counterPoints++);
        for (var i = 0; i < histograms; i++, _histogramPoints++)
        {
            for (var value = 0; value < 8; value++) Observe(_histogramPoints);
        }
    }

    /// <summary>What happens between two scrapes.</summary>
    public void Change()
    {
        for (var i = 0; i < _counterPoints / 10; i++) Count(_random.Next(_counterPoints));
        for (var i = 0; i < _histogramPoints / 10; i++) Observe(_random.Next(_histogramPoints));
    }

    public void Dispose()
    {
        _provider.Dispose();
        _meter.Dispose();
    }

    private void Count(int point) => _counters[point % _counters.Length].Add(
        _random.Next(1, 2000),
        new("http.route", Routes.Of(point / _counters.Length / 16)),
        new("http.request.method", Methods[point / _counters.Length % 4]),
        new KeyValuePair<string, object?>("http.response.status_code", Routes.Status(point / _counters.Length / 4 % 4)));

    private void Observe(int point) => _histograms[point % _histograms.Length].Record(
        Math.Exp(_random.NextDouble() * 8 - 6),
        new("http.route", Routes.Of(point / _histograms.Length / 4)),
        new KeyValuePair<string, object?>("http.request.method", Methods[point / _histograms.Length % 4]));
}
