using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Observability.Prometheus.Tests.Rendering;

/// <summary>Programs that do whatever programs do between scrapes; every byte must be the oracle's.</summary>
public class MutationTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    public void Every_format_equals_the_oracle_over_a_mutating_run(int seed, bool awkward)
    {
        var random = new Random(seed);
        var options = new PrometheusOptions { Summaries = ["*summary*"] };
        if (awkward)
        {
            options.ConstantLabels["env"] = "test";
            options.Drop = ["*{k=drop*}"];
        }
        var harness = new RenderingHarness(options);
        using var program = new MutatingProgram(random, awkward);
        using var provider = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService("mutating", autoGenerateServiceInstanceId: false))
            .AddMeter(program.Name + "*")
            .AddView(MutatingProgram.View)
            .SetExemplarFilter(ExemplarFilterType.TraceBased)
            .AddReader(new BaseExportingMetricReader(harness))
            .Build();
        for (var scrape = 0; scrape < 150; scrape++)
        {
            program.Step(scrape);
            if (scrape % 16 == 0) GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
            Assert.True(harness.Collect!(-1));
            Assert.True(harness.Difference is null, $"scrape {scrape}: {harness.Difference}");
        }
        Assert.Equal(150 * 4, harness.Compared);
    }

    [Fact]
    public void A_large_layout_compiled_in_the_background_equals_the_oracle()
    {
        using var meter = new Meter("large." + Guid.NewGuid().ToString("N"));
        var counter = meter.CreateCounter<long>("requests");
        var histogram = meter.CreateHistogram<double>("latency", "s");
        var harness = new RenderingHarness(new PrometheusOptions());
        using var provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter(meter.Name)
            .AddView(_ => new MetricStreamConfiguration { CardinalityLimit = 20_000 })
            .AddReader(new BaseExportingMetricReader(harness))
            .Build();
        var random = new Random(7);
        // The first scrapes are compressed the ordinary way; sooner or later the compiled layout takes over. All are the same text.
        for (var scrape = 0; scrape < 14; scrape++)
        {
            for (var i = 0; i < 3000; i++)
            {
                var number = random.Next(2000 + scrape * 500);
                counter.Add(random.Next(100_000), new("path", "/api/" + number), new KeyValuePair<string, object?>("method", number % 2 == 0 ? "GET" : "POST"));
                if (number < 600) histogram.Record(random.NextDouble(), new KeyValuePair<string, object?>("path", "/api/" + number));
            }
            Assert.True(harness.Collect!(-1));
            Assert.True(harness.Difference is null, $"scrape {scrape}: {harness.Difference}");
        }
    }
}
