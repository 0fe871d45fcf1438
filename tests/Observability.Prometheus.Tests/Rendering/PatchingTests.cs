using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using Observability.Prometheus.Formats;
using Observability.Prometheus.Naming;
using Observability.Prometheus.Rendering;
using Observability.Prometheus.Scraping;

namespace Observability.Prometheus.Tests.Rendering;

/// <summary>Plain bodies are kept and patched.</summary>
public sealed class PatchingTests : IDisposable
{
    private readonly Meter _meter = new("patching." + Guid.NewGuid().ToString("N"));
    private readonly BodyPool _pool = new();
    private readonly Scraper _scraper;
    private readonly MeterProvider _provider;

    public PatchingTests()
    {
        _scraper = new Scraper(new ExpositionRenderer(new PrometheusOptions { TargetInfo = false, ScopeLabels = false }, _pool));
        _provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter(_meter.Name)
            .AddView(_ => new MetricStreamConfiguration { CardinalityLimit = 20_000 })
            .AddReader(new BaseExportingMetricReader(_scraper))
            .Build();
    }

    [Fact]
    public void A_body_that_is_still_being_sent_is_not_touched()
    {
        var counter = _meter.CreateCounter<long>("n");
        counter.Add(1);
        for (var scrape = 0; scrape < 3; scrape++) _scraper.Scrape().Release();
        var sent = _scraper.Scrape();
        var before = sent.ToArray();
        counter.Add(1);
        var later = _scraper.Scrape();
        Assert.NotSame(sent, later);
        Assert.Equal(before, sent.ToArray());
        Assert.EndsWith("n_total 2\n", Text(later), StringComparison.Ordinal);
        sent.Release();
        later.Release();
        counter.Add(1);
        Assert.EndsWith("n_total 3\n", Text(_scraper.Scrape()), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_body_is_patched_from_scrape_to_scrape()
    {
        _meter.CreateCounter<long>("n").Add(1);
        _scraper.Scrape().Release();
        var first = _scraper.Scrape();
        first.Release();
        var second = _scraper.Scrape();
        second.Release();
        Assert.Same(first, second);
    }

    [Fact]
    public void Lines_of_any_length_grow_shrink_and_move_without_touching_their_neighbours()
    {
        var random = new Random(11);
        var gauge = _meter.CreateGauge<double>("g");
        var values = new Dictionary<int, double>();
        for (var scrape = 0; scrape < 120; scrape++)
        {
            for (var i = 0; i < 60; i++)
            {
                var series = random.Next(100 + scrape * 3);
                values[series] = random.Next(3) == 0 ? random.Next(10) : random.NextDouble() * Math.Pow(10, random.Next(-200, 200));
                gauge.Record(values[series], new KeyValuePair<string, object?>("series", series), new("padding", new string('x', series % 7 * 900)));
            }
            var body = _scraper.Scrape();
            var lines = Text(body).Split('\n').Where(line => line.StartsWith("g{", StringComparison.Ordinal)).ToList();
            body.Release();
            Assert.Equal(values.Count, lines.Count);
            foreach (var line in lines)
            {
                var start = line.IndexOf("series=\"", StringComparison.Ordinal) + 8;
                var series = int.Parse(line[start..line.IndexOf('"', start)], System.Globalization.CultureInfo.InvariantCulture);
                Assert.Equal(values[series], double.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture));
            }
        }
    }

    [Fact]
    public void A_body_much_larger_than_what_is_needed_is_let_go()
    {
        var large = _pool.Take();
        large.Grow(0, 10_000_000);
        large.Finish(10_000_000);
        large.Release();
        Assert.Equal(10_000_000, _pool.Bytes);
        for (var scrape = 0; scrape < 100; scrape++)
        {
            var small = _pool.Take();
            small.Grow(0, 1000);
            small.Finish(1000);
            small.Release();
        }
        Assert.InRange(_pool.Bytes, 1, 100_000);
    }

    public void Dispose()
    {
        _provider.Dispose();
        _meter.Dispose();
    }

    private static string Text(ScrapeBody body) => System.Text.Encoding.UTF8.GetString(body.ToArray());

    [ExportModes(ExportModes.Pull)]
    private sealed class Scraper(ExpositionRenderer renderer) : BaseExporter<Metric>, IPullMetricExporter
    {
        private ScrapeBody? _body;

        public Func<int, bool>? Collect { get; set; }

        public ScrapeBody Scrape()
        {
            Assert.True(Collect!(-1));
            return _body!;
        }

        public override ExportResult Export(in Batch<Metric> batch)
        {
            renderer.Begin(batch, ParentProvider.GetResource());
            _body = renderer.Render(new ScrapeFormat(ExpositionFormat.Text004, NameEscaping.Underscores, Gzip: false), null);
            return ExportResult.Success;
        }
    }
}
