using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Observability.Hosting;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Observability.Tests.Pipelines;

public sealed class ProviderTests : IDisposable
{
    private readonly string _name = "Test." + Guid.NewGuid().ToString("N");
    private readonly SpanBasket _spans = new();

    [Fact]
    public void The_applications_own_sources_are_heard_without_being_named()
    {
        using var provider = Start();
        using var source = new ActivitySource(_name);
        source.StartActivity("work")?.Dispose();
        Assert.Contains(_spans.Ended, span => span.Source.Name == _name);
    }

    [Fact]
    public void Excluded_sources_make_no_activity_and_do_not_silence_the_others()
    {
        using var provider = Start();
        using var experimental = new ActivitySource("Experimental." + _name);
        using var source = new ActivitySource(_name);
        using (source.StartActivity("outer"))
        {
            Assert.Null(experimental.StartActivity("inner"));
            Assert.Null(experimental.StartActivity("linked", ActivityKind.Client, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
            source.StartActivity("after")?.Dispose();
        }
        Assert.Equal(["after", "outer"], _spans.Ended.Where(span => span.Source.Name == _name).Select(span => span.OperationName));
    }

    [Fact]
    public void An_excluded_source_that_is_named_is_heard()
    {
        using var provider = Start(options => { options.Traces.Sources.Add("*"); options.Traces.Sources.Add("Experimental." + _name); });
        using var experimental = new ActivitySource("Experimental." + _name);
        experimental.StartActivity("wanted")?.Dispose();
        Assert.Contains(_spans.Ended, span => span.OperationName == "wanted");
    }

    [Fact]
    public void A_sampler_of_the_application_stays_wherever_it_was_set()
    {
        foreach (var before in new[] { true, false })
        {
            var services = Services();
            if (before) services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.SetSampler(new AlwaysOffSampler()));
            services.AddObservability();
            if (!before) services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.SetSampler(new AlwaysOffSampler()));
            using var provider = services.BuildServiceProvider();
            provider.GetRequiredService<Telemetry>().Start();
            using var source = new ActivitySource(_name + before);
            using var activity = source.StartActivity("work");
            Assert.False(activity?.Recorded ?? false);
        }
    }

    [Fact]
    public void Calling_it_twice_doubles_nothing()
    {
        var services = Services();
        services.AddObservability();
        var once = services.Count;
        services.AddObservability();
        Assert.Equal(once, services.Count);
    }

    [Fact]
    public void Views_keep_drop_and_shape_instruments()
    {
        var metrics = new List<Metric>();
        var services = Services(new() { ["Observability:Metrics:Drop:0"] = "unwanted.*", ["Observability:Metrics:Views:0:Instrument"] = "latency", ["Observability:Metrics:Views:0:KeepAttributes:0"] = "route", ["Observability:Metrics:Views:0:Boundaries:0"] = "1", ["Observability:Metrics:Views:0:Boundaries:1"] = "2" });
        services.AddObservability().WithMetrics(builder => builder.AddReader(new BaseExportingMetricReader(new MetricBasket(metrics))));
        using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<Telemetry>().Start();
        using var meter = new Meter(_name);
        using var hidden = new Meter("Experimental." + _name);
        meter.CreateCounter<int>("unwanted.count").Add(1);
        hidden.CreateCounter<int>("hidden").Add(1);
        meter.CreateHistogram<double>("latency").Record(1.5, new("route", "/a"), new("user", "u1"));

        provider.GetRequiredService<MeterProvider>().ForceFlush();
        Assert.DoesNotContain(metrics, metric => metric.Name is "unwanted.count" or "hidden");
        var latency = Assert.Single(metrics, metric => metric.Name == "latency");
        foreach (ref readonly var point in latency.GetMetricPoints())
        {
            Assert.Equal(1, point.Tags.Count);
            var buckets = 0;
            foreach (var _ in point.GetHistogramBuckets()) buckets++;
            Assert.Equal(3, buckets);
        }
    }

    [Fact]
    public void A_log_state_that_throws_does_not_reach_the_caller()
    {
        var services = Services();
        services.AddObservability().WithLogging(logging => logging.AddProcessor(new LogBasket()));
        services.AddSingleton<LogBasket>();
        using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<Telemetry>().Start();
        var logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger(_name);
        var failure = Record.Exception(() => logger.Log(LogLevel.Warning, 1, new Hostile(), null, (_, _) => throw new InvalidOperationException("formatter")));
        Assert.Null(failure);
    }

    [Fact]
    public void Nothing_is_collected_when_it_is_disabled()
    {
        using var provider = Start(options => options.Enabled = false);
        using var source = new ActivitySource(_name);
        Assert.Null(source.StartActivity("work"));
    }

    public void Dispose() => _spans.Dispose();

    private ServiceProvider Start(Action<ObservabilityOptions>? configure = null)
    {
        var services = Services();
        services.AddObservability(configure ?? (_ => { })).WithTracing(tracing => tracing.AddProcessor(_spans));
        var provider = services.BuildServiceProvider();
        provider.GetRequiredService<Telemetry>().Start();
        return provider;
    }

    private static ServiceCollection Services(Dictionary<string, string?>? settings = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings ?? []).Build());
        return services;
    }

    private sealed class SpanBasket : BaseProcessor<Activity>
    {
        private readonly ConcurrentQueue<Activity> _ended = new();

        public IReadOnlyCollection<Activity> Ended => _ended;

        public override void OnEnd(Activity data) => _ended.Enqueue(data);
    }

    private sealed class LogBasket : BaseProcessor<OpenTelemetry.Logs.LogRecord>;

    private sealed class MetricBasket(List<Metric> metrics) : BaseExporter<Metric>
    {
        public override ExportResult Export(in Batch<Metric> batch)
        {
            foreach (var metric in batch) metrics.Add(metric);
            return ExportResult.Success;
        }
    }

    private sealed class Hostile : IReadOnlyList<KeyValuePair<string, object?>>
    {
        public KeyValuePair<string, object?> this[int index] => throw new InvalidOperationException("indexer");

        public int Count => 1;

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => throw new InvalidOperationException("enumerator");

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
