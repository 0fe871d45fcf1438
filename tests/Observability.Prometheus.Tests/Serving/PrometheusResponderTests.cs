using System.Diagnostics.Metrics;

namespace Observability.Prometheus.Tests.Serving;

public class PrometheusResponderTests
{
    [Fact]
    public async Task Concurrent_scrapes_share_one_collection()
    {
        using var exposition = new Exposition();
        using var gate = new ManualResetEventSlim();
        var collections = 0;
        exposition.Meter.CreateObservableGauge("seen", () =>
        {
            gate.Wait(TimeSpan.FromMinutes(2));
            return Interlocked.Increment(ref collections);
        });
        var scrapes = new[] { Exposition.Text, Exposition.OpenMetrics, Exposition.Text, Exposition.OpenMetrics }
            .Select(accept => exposition.Responder.RespondAsync(new PrometheusRequest { Accept = accept, AcceptEncoding = "gzip" }).AsTask()).ToList();
        gate.Set();
        foreach (var response in await Task.WhenAll(scrapes))
        {
            Assert.Equal(200, response.StatusCode);
            response.Dispose();
        }
        Assert.Equal(1, collections);
    }

    /// <summary>A scrape that came in the moment in which the collection before it was answered once ended the process.</summary>
    [Fact]
    public async Task Scrapes_that_follow_at_once_on_one_another_are_all_answered()
    {
        using var exposition = new Exposition();
        exposition.Meter.CreateCounter<long>("c").Add(1);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                using var response = await exposition.Responder.RespondAsync(new PrometheusRequest());
                Assert.Equal(200, response.StatusCode);
            }
        })));
    }

    [Fact]
    public async Task A_scrape_that_takes_longer_than_the_server_grants_is_503_and_the_next_one_works()
    {
        using var exposition = new Exposition();
        using var gate = new ManualResetEventSlim();
        exposition.Meter.CreateObservableGauge("slow", () =>
        {
            gate.Wait(TimeSpan.FromMinutes(2));
            return 1;
        });
        using (var late = await exposition.Responder.RespondAsync(new PrometheusRequest { ScrapeTimeoutSeconds = "0.2" })) Assert.Equal(503, late.StatusCode);
        gate.Set();
        Assert.Contains("slow 1", exposition.Scrape(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_scrapes_than_allowed_are_503()
    {
        using var exposition = new Exposition(options => options.MaxConcurrentScrapes = 1);
        exposition.Meter.CreateCounter<long>("c").Add(1);
        var first = await exposition.Responder.RespondAsync(new PrometheusRequest());
        using (var second = await exposition.Responder.RespondAsync(new PrometheusRequest())) Assert.Equal(503, second.StatusCode);
        first.Dispose();
        using var third = await exposition.Responder.RespondAsync(new PrometheusRequest());
        Assert.Equal(200, third.StatusCode);
    }

    [Fact]
    public void A_callback_that_throws_costs_its_own_series_only()
    {
        using var exposition = new Exposition();
        exposition.Meter.CreateObservableGauge("broken", Broken);
        exposition.Meter.CreateCounter<long>("works").Add(1);
        Assert.Contains("works_total 1", exposition.Scrape(), StringComparison.Ordinal);
    }

    private static int Broken() => throw new InvalidOperationException("not today");

    [Fact]
    public async Task HEAD_has_the_headers_of_GET_and_no_body()
    {
        using var exposition = new Exposition();
        exposition.Meter.CreateCounter<long>("c").Add(1);
        using var get = await exposition.Responder.RespondAsync(new PrometheusRequest());
        using var head = await exposition.Responder.RespondAsync(new PrometheusRequest { Method = "HEAD" });
        Assert.Equal((get.StatusCode, get.ContentType, get.ContentLength), (head.StatusCode, head.ContentType, head.ContentLength));
        var body = new MemoryStream();
        await head.WriteToAsync(body);
        Assert.Equal(0, body.Length);
    }

    [Fact]
    public void Names_select_families_by_their_own_or_their_samples_names()
    {
        using var exposition = new Exposition();
        exposition.Meter.CreateCounter<long>("orders").Add(1);
        exposition.Meter.CreateGauge<long>("load").Record(1);
        exposition.Meter.CreateHistogram("lat", "s", null, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [1] }).Record(1);
        Assert.Equal("# HELP load load\n# TYPE load gauge\nload 1\n", exposition.Scrape(Exposition.Text, null, "load"));
        var two = exposition.Scrape(Exposition.OpenMetrics, "gzip", "orders_total", "lat_seconds_count");
        Assert.Contains("orders_total 1", two, StringComparison.Ordinal);
        Assert.Contains("lat_seconds_sum 1", two, StringComparison.Ordinal);
        Assert.DoesNotContain("load", two, StringComparison.Ordinal);
        Assert.Equal("# EOF\n", exposition.Scrape(Exposition.OpenMetrics, null, "nothing"));
    }

    [Fact]
    public void The_reader_of_a_provider_is_found_again()
    {
        using var exposition = new Exposition();
        Assert.True(PrometheusMetricReader.TryGet(exposition.Provider, out var reader));
        Assert.Same(exposition.Reader, reader);
    }
}
