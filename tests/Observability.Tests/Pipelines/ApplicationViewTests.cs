using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Observability.Hosting;
using Observability.Pipelines;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Observability.Tests.Pipelines;

/// <summary>What becomes of an instrument for which the application has a view of its own, in the SDK as it is.</summary>
public class ApplicationViewTests
{
    private readonly string _name = "Test." + Guid.NewGuid().ToString("N");

    private static readonly Dictionary<string, string?> Section = new()
    {
        // What hears spans hears those of the other tests too.
        ["Observability:Traces:Enabled"] = "false",
        ["Observability:Metrics:Drop:0"] = "unwanted.*",
        ["Observability:Metrics:Views:0:Instrument"] = "section.*",
        ["Observability:Metrics:Views:0:KeepAttributes:0"] = "route",
    };

    public static TheoryData<string> Places => ["before, by the SDK's registration", "before, by the SDK's configuration", "behind the one line"];

    [Theory]
    [MemberData(nameof(Places))]
    public void Its_view_is_the_only_one_that_counts(string place)
    {
        var streams = Streams(place, metrics => metrics
            .AddView("h", new ExplicitBucketHistogramConfiguration { Boundaries = [1, 2] })
            .AddView("dropped", MetricStreamConfiguration.Drop)
            .AddView("debug.*", MetricStreamConfiguration.Drop)
            .AddView("old", "renamed")
            .AddView("section.counter", new MetricStreamConfiguration { TagKeys = ["user"] })
            .AddView("few.renamed", "few.new")
            .AddView("few.dropped", MetricStreamConfiguration.Drop));
        Assert.Equal(["few.kept", "few.new", "h", "other", "renamed", "section.counter", "section.other"], streams.Keys);
        Assert.Equal(3, streams["h"].Buckets);
        Assert.Equal(("user", "route"), (streams["section.counter"].Attributes, streams["section.other"].Attributes));
    }

    [Fact]
    public void Two_views_of_its_own_add_up_as_in_the_sdk() =>
        Assert.Equal(["few.kept", "other"], Streams("behind the one line", metrics => metrics
            .AddView("*", MetricStreamConfiguration.Drop)
            .AddView("other", new MetricStreamConfiguration())
            .AddView("few.kept", new MetricStreamConfiguration())).Keys);

    [Fact]
    public void A_view_that_is_none_leaves_the_instrument_to_the_section()
    {
        var streams = Streams("behind the one line", metrics => metrics
            .AddView("unwanted.*", new Base2ExponentialBucketHistogramConfiguration())
            .AddView(instrument => instrument.Name == "section.counter" ? throw new InvalidOperationException("view") : null));
        Assert.DoesNotContain("unwanted.counter", streams.Keys);
        Assert.Equal("route", streams["section.counter"].Attributes);
    }

    [Fact]
    public void Where_its_views_cannot_be_known_only_what_the_section_asks_for_is_returned()
    {
        using var meter = new Meter("System.Runtime");
        using var own = new Meter(_name);
        var metrics = new MetricsOptions { Drop = { "unwanted.*" } };
        var views = new InstrumentViews(metrics, new OtherViews(null));
        Assert.Null(views.For(meter.CreateCounter<int>("dotnet.gc.collections")));
        Assert.Null(views.For(own.CreateHistogram<int>("h")));
        Assert.Same(MetricStreamConfiguration.Drop, views.For(own.CreateCounter<int>("unwanted.counter")));
        metrics.CardinalityLimit = 50;
        Assert.Equal(50, views.For(meter.CreateCounter<int>("dotnet.gc.collections"))?.CardinalityLimit);
    }

    [Fact]
    public void A_builder_that_is_not_the_sdks_is_left_alone() => Assert.False(OtherViews.Of(new OtherBuilder()).AreKnown);

    /// <summary>The streams of a few instruments: their names, buckets and the attributes of their points.</summary>
    private SortedDictionary<string, (int Buckets, string Attributes)> Streams(string place, Action<MeterProviderBuilder> configure)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(Section).Build());
        if (place == "before, by the SDK's registration") new ObservabilityBuilder(services).WithMetrics(configure);
        if (place == "before, by the SDK's configuration") services.ConfigureOpenTelemetryMeterProvider(configure);
        var builder = services.AddObservability();
        if (place == "behind the one line") builder.WithMetrics(configure);
        var exported = new List<Metric>();
        builder.WithMetrics(metrics => metrics.AddReader(new BaseExportingMetricReader(new Basket(exported))));
        using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<Telemetry>().Start();

        using var own = new Meter(_name);
        // Of the metrics of few series; its instruments' own names would be heard by other tests.
        using var few = new Meter("Microsoft.EntityFrameworkCore", _name);
        own.CreateHistogram<double>("h").Record(1.5);
        foreach (var name in new[] { "dropped", "debug.counter", "old", "other", "section.counter", "section.other", "unwanted.counter" })
            own.CreateCounter<int>(name).Add(1, new("route", "/a"), new("user", "u1"));
        foreach (var name in new[] { "few.renamed", "few.dropped", "few.kept" }) few.CreateCounter<int>(name).Add(1);
        provider.GetRequiredService<MeterProvider>().ForceFlush();

        var streams = new SortedDictionary<string, (int, string)>(StringComparer.Ordinal);
        foreach (var metric in exported.Where(metric => metric.MeterName == _name || metric.MeterVersion == _name)) streams.Add(metric.Name, Shape(metric));
        return streams;
    }

    private static (int Buckets, string Attributes) Shape(Metric metric)
    {
        var (buckets, attributes) = (0, new List<string>());
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            if (metric.MetricType == MetricType.Histogram)
                foreach (var _ in point.GetHistogramBuckets()) buckets++;
            foreach (var tag in point.Tags) attributes.Add(tag.Key);
        }
        return (buckets, string.Join(',', attributes));
    }

    private sealed class OtherBuilder : MeterProviderBuilder
    {
        public override MeterProviderBuilder AddInstrumentation<TInstrumentation>(Func<TInstrumentation> instrumentationFactory) => this;

        public override MeterProviderBuilder AddMeter(params string[] names) => this;
    }

    private sealed class Basket(List<Metric> metrics) : BaseExporter<Metric>
    {
        public override ExportResult Export(in Batch<Metric> batch)
        {
            foreach (var metric in batch) metrics.Add(metric);
            return ExportResult.Success;
        }
    }
}
