using System.Diagnostics;
using OpenTelemetry.Metrics;
using Observability.Prometheus.Tests.Edges;

namespace Observability.Prometheus.Tests.Proof;

public class RealServerTests
{
    [SkippableTheory]
    [MemberData(nameof(Server.Majors), MemberType = typeof(Server))]
    public async Task A_real_server_stores_what_was_recorded_under_churn(int major)
    {
        var program = Server.Require(major);
        // Three minutes bring more series than the SDK's limit of 2,000, beyond which it would add them up as one.
        using var exposition = new Exposition(build: builder => builder.AddView("orders", new MetricStreamConfiguration { CardinalityLimit = 50_000 }));
        var counter = exposition.Meter.CreateCounter<long>("orders", "{order}", "Orders taken.");
        var histogram = exposition.Meter.CreateHistogram<double>("latency", "s", "How long.");
        var (listener, port) = Server.Listen(exposition);
        await using var listening = listener;
        // Every scrape must succeed: with less time to answer in, the one that a busy machine holds up would not.
        var isLong = Environment.GetEnvironmentVariable("OBSERVABILITY_SLOW_TESTS") == "1";
        await using var server = await PrometheusServer.Start(program, [port], TimeSpan.FromSeconds(isLong ? 2 : 3));

        var (orders, observed) = (new Dictionary<string, double>(), 0);
        var clock = Stopwatch.StartNew();
        var duration = isLong ? TimeSpan.FromMinutes(3) : TimeSpan.FromSeconds(7);
        for (var step = 0; clock.Elapsed < duration; step++)
        {
            // New series all the time, old ones now and then.
            foreach (var shop in new[] { "shop-" + step, "shop-" + step % 7, "north" })
            {
                counter.Add(step + 1, new KeyValuePair<string, object?>("shop.name", shop));
                orders[shop] = orders.GetValueOrDefault(shop) + step + 1;
            }
            histogram.Record(0.25);
            observed++;
            await Task.Delay(20);
        }
        await server.WaitUntil(async () => (await server.Query("latency_seconds_count")).GetValueOrDefault("") == observed, "the last observation is stored");
        Assert.Equal(orders, await server.Query("orders_total", "shop_name"));
        Assert.Equal(observed * 0.25, (await server.Query("latency_seconds_sum"))[""], 9);
        Assert.Equal(observed, (await server.Query("latency_seconds_bucket{le='0.25'} or latency_seconds_bucket{le='+Inf'}", "le")).Values.Max());
        Assert.Equal(1, (await server.Query("min_over_time(up[1h])"))[""]);
        Assert.InRange((await server.Query("count_over_time(up[1h])"))[""], duration.TotalSeconds / (isLong ? 4 : 7), double.MaxValue);
        Assert.Equal("", await server.LastError());
    }

    [SkippableTheory]
    [MemberData(nameof(Server.Majors), MemberType = typeof(Server))]
    public async Task A_real_server_scrapes_every_edge_case_and_fuzzed_program_and_counts_every_sample(int major)
    {
        var program = Server.Require(major);
        var expositions = EdgeCases.All.Concat(FuzzedCases.All).Select(edge => (edge.Name, Exposition: edge.Expose())).ToList();
        var listeners = expositions.Select(item => Server.Listen(item.Exposition)).ToList();
        try
        {
            await using var server = await PrometheusServer.Start(program, [.. listeners.Select(item => item.Port)], TimeSpan.FromSeconds(5));
            // One that a server cannot read fails every time, not only the first.
            await server.WaitUntil(async () => (await server.Query("up == 1", "instance")).Count == listeners.Count, () => server.LastError(), "every target was scraped");
            var stored = await server.Query("scrape_samples_post_metric_relabeling", "instance");
            var counted = await server.Query("count by (instance) ({instance=~'.+', __name__!~'up|scrape_.*'})", "instance");
            foreach (var ((name, exposition), (_, port)) in expositions.Zip(listeners))
            {
                var lines = exposition.Scrape(Exposition.OpenMetrics).Split('\n').Count(line => line.Length > 0 && line[0] != '#');
                Assert.True(lines == stored["127.0.0.1:" + port], $"{name}: {lines} lines, {stored["127.0.0.1:" + port]} samples");
                // The tags job and instance are the server's own; it renames them.
                if (name != "keys of the server") Assert.True(lines == counted.GetValueOrDefault("127.0.0.1:" + port), $"{name}: {lines} lines, {counted.GetValueOrDefault("127.0.0.1:" + port)} series");
            }
        }
        finally
        {
            foreach (var (listener, _) in listeners) await listener.DisposeAsync();
            foreach (var (_, exposition) in expositions) exposition.Dispose();
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Server.Majors), MemberType = typeof(Server))]
    public async Task A_real_server_stores_exemplars_with_the_trace_that_was_active(int major)
    {
        var program = Server.Require(major);
        using var exposition = new Exposition();
        var counter = exposition.Meter.CreateCounter<long>("orders");
        var histogram = exposition.Meter.CreateHistogram<double>("latency", "s");
        using var activity = new Activity("request").SetIdFormat(ActivityIdFormat.W3C);
        activity.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        activity.Start();
        counter.Add(3);
        histogram.Record(0.3);
        activity.Stop();
        var (listener, port) = Server.Listen(exposition);
        await using var listening = listener;
        await using var server = await PrometheusServer.Start(program, port, "exemplar-storage");

        foreach (var (query, value) in new[] { ("orders_total", 3.0), ("latency_seconds_bucket", 0.3) })
        {
            var path = $"api/v1/query_exemplars?query={query}&start={DateTimeOffset.UtcNow.AddHours(-1).ToUnixTimeSeconds()}&end={DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds()}";
            var labels = new Dictionary<string, string?>();
            await server.WaitUntil(async () =>
            {
                using var document = await server.Get(path);
                foreach (var series in document.RootElement.GetProperty("data").EnumerateArray())
                {
                    var exemplar = series.GetProperty("exemplars")[0];
                    labels = exemplar.GetProperty("labels").EnumerateObject().ToDictionary(label => label.Name, label => label.Value.GetString());
                    labels["value"] = exemplar.GetProperty("value").GetString();
                }
                return labels.Count > 0;
            }, "exemplars of " + query);
            Assert.Equal(activity.TraceId.ToHexString(), labels["trace_id"]);
            Assert.Equal(activity.SpanId.ToHexString(), labels["span_id"]);
            Assert.Equal(value, double.Parse(labels["value"]!, System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Server.Majors), MemberType = typeof(Server))]
    public async Task A_real_server_stores_native_histograms(int major)
    {
        var program = Server.Require(major);
        using var exposition = new Exposition(build: builder => builder.AddView("native", new Base2ExponentialBucketHistogramConfiguration()));
        var histogram = exposition.Meter.CreateHistogram<double>("native", "s");
        var random = new Random(5);
        var sum = 0.0;
        for (var i = 0; i < 1000; i++)
        {
            var value = i % 10 == 0 ? 0 : Math.Exp(random.NextDouble() * 10 - 5);
            histogram.Record(value, new KeyValuePair<string, object?>("a.b", "c"));
            sum += value;
        }
        exposition.Meter.CreateHistogram<double>("classic").Record(3);
        exposition.Meter.CreateCounter<long>("requests", "By").Add(4);
        exposition.Meter.CreateGauge<double>("load").Record(-0.5);
        var (listener, port) = Server.Listen(exposition);
        await using var listening = listener;
        await using var server = await PrometheusServer.Start(program, port, "native-histograms");

        await server.WaitUntil(async () => (await server.Query("histogram_count(native_seconds)")).Count > 0, "the native histogram is stored: " + await server.LastError());
        Assert.Equal(1000, (await server.Query("histogram_count(native_seconds)", "a_b"))["c"]);
        Assert.Equal(sum, (await server.Query("histogram_sum(native_seconds)", "a_b"))["c"], 6);
        // Zeros are a tenth; the median of the rest is about e^0.
        Assert.InRange((await server.Query("histogram_quantile(0.55, native_seconds)", "a_b"))["c"], 0.7, 1.5);
        Assert.Equal(0.1, (await server.Query("histogram_fraction(-1, 0.0001, native_seconds)", "a_b"))["c"], 2);
        Assert.Equal(1, (await server.Query("classic_count"))[""]);
        Assert.Equal(1, (await server.Query("classic_bucket{le='5.0'}"))[""]);
        Assert.Equal(4, (await server.Query("requests_bytes_total"))[""]);
        Assert.Equal(-0.5, (await server.Query("load"))[""]);
        Assert.Equal("", await server.LastError());
    }

    [SkippableFact]
    public async Task A_3x_server_keeps_UTF8_names_that_were_negotiated()
    {
        var program = Server.Require(3);
        using var exposition = new Exposition(options => options.TranslationStrategy = PrometheusTranslationStrategy.NoTranslation);
        exposition.Meter.CreateCounter<long>("orders.taken", "{order}").Add(5, new KeyValuePair<string, object?>("shop.größe", "xl"));
        var (listener, port) = Server.Listen(exposition);
        await using var listening = listener;
        await using var server = await PrometheusServer.Start(program, port);
        await server.WaitUntil(async () => (await server.Query("{\"orders.taken\"}")).Count > 0, "the series is stored");
        Assert.Equal(5, (await server.Query("{\"orders.taken\", \"shop.größe\"=\"xl\"}", "shop.größe"))["xl"]);
    }

    [SkippableTheory]
    [MemberData(nameof(Server.Majors), MemberType = typeof(Server))]
    public async Task A_series_disappears_with_its_instrument(int major)
    {
        var program = Server.Require(major);
        using var exposition = new Exposition();
        exposition.Meter.CreateGauge<long>("stays").Record(1);
        var meter = exposition.NewMeter(".short");
        meter.CreateCounter<long>("goes").Add(1);
        var (listener, port) = Server.Listen(exposition);
        await using var listening = listener;
        await using var server = await PrometheusServer.Start(program, port);
        await server.WaitUntil(async () => (await server.Query("goes_total")).Count == 1, "the series is stored");
        meter.Dispose();
        await server.WaitUntil(async () => (await server.Query("goes_total")).Count == 0, "the series is stale");
        Assert.Single(await server.Query("stays"));
    }
}
