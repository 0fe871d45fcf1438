using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry.Trace;

namespace Observability.Sampling.Tests;

public class ReloadTests
{
    [Fact]
    public void A_change_is_in_force_at_once()
    {
        using var world = new World(("Default:Ratio", "1"));
        Assert.Equal(1, world.Probability);
        world.Set(("Default:Ratio", "0.25"));
        Assert.Equal(0.25, world.Probability);
    }

    [Fact]
    public void A_bad_version_is_reported_with_all_its_faults_and_the_last_good_one_stays()
    {
        using var events = new SamplingEvents();
        using var world = new World(("Default:Ratio", "0.5"));
        world.Set(("Default:Ratio", "much"), ("Limit:MaxPerSecond", "-1"), ("Colour", "red"));
        Assert.Equal(0.5, world.Probability);
        var report = Assert.Single(events.Ids(3001));
        Assert.Contains("'much'", report, StringComparison.Ordinal);
        Assert.Contains("MaxPerSecond is -1", report, StringComparison.Ordinal);
        Assert.Contains("Colour is not a setting", report, StringComparison.Ordinal);
        world.Set(("Default:Ratio", "0.125"));
        Assert.Equal(0.125, world.Probability);
    }

    [Fact]
    public void Unchanged_content_swaps_nothing()
    {
        using var events = new SamplingEvents();
        using var world = new World(("Default:Ratio", "0.5"), ("Rules:0:Name", "a"), ("Rules:0:Drop", "true"));
        var before = world.Sampler.Policies;
        for (var i = 0; i < 10; i++) world.Set(("Default:Ratio", "0.50"), ("Rules:0:Name", "a"), ("Rules:0:Drop", "True"));
        Assert.Same(before, world.Sampler.Policies);
        Assert.Empty(events.Ids(3009));
        world.Set(("Default:Ratio", "0.5"), ("Rules:0:Name", "b"), ("Rules:0:Drop", "true"));
        Assert.NotSame(before, world.Sampler.Policies);
        Assert.Single(events.Ids(3009));
    }

    [Fact]
    public void A_reload_refills_no_bucket()
    {
        using var world = new World(("Limit:MaxPerSecond", "10"), ("Limit:Burst", "50"));
        var kept = 0;
        for (var reload = 0; reload < 100; reload++)
        {
            for (var i = 0; i < 100; i++) kept += world.Sampler.ShouldSample(Spans.Root()).Decision == SamplingDecision.RecordAndSample ? 1 : 0;
            world.Set(("Limit:MaxPerSecond", "10"), ("Limit:Burst", "50"), ("Default:Ratio", reload % 2 == 0 ? "1" : "0.999"));
        }
        Assert.InRange(kept, 50, 200);
    }

    [Fact]
    public async Task No_decision_is_torn_by_a_storm_of_reloads()
    {
        // Each version keeps everything under a name, a threshold and a reason that belong together.
        using var world = new World(Version(0));
        using var stop = new CancellationTokenSource();
        var torn = 0;
        long decisions = 0;
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            var id = Spans.TraceId(ulong.MaxValue);
            while (!stop.IsCancellationRequested)
            {
                var result = world.Sampler.ShouldSample(Spans.Root(id));
                var rule = (string)result.Attributes.First(attribute => attribute.Key == "sampling.rule").Value;
                var expected = rule == "even" ? "ot=th:8" : "ot=th:c";
                if (result.TraceStateString != expected) Interlocked.Increment(ref torn);
                Interlocked.Increment(ref decisions);
            }
        })).ToArray();
        var patience = Stopwatch.StartNew();
        for (var version = 1; (version <= 2000 || Interlocked.Read(ref decisions) < 20_000) && patience.Elapsed < TimeSpan.FromMinutes(1); version++)
        {
            if (version % 10 == 0) world.Set(("Default:Ratio", "nonsense"));
            world.Set(Version(version));
        }
        await stop.CancelAsync();
        await Task.WhenAll(readers);
        Assert.Equal(0, torn);
        Assert.True(Interlocked.Read(ref decisions) >= 20_000, $"{decisions} decisions");

        static (string, string)[] Version(int version) => version % 2 == 0
            ? [("Annotate", "true"), ("Rules:0:Name", "even"), ("Rules:0:Ratio", "0.5")]
            : [("Annotate", "true"), ("Rules:0:Name", "odd"), ("Rules:0:Ratio", "0.25"), ("Rules:1:Name", "more"), ("Rules:1:MaxPerSecond", "5")];
    }

    [Fact]
    public void A_storm_of_ever_new_rules_takes_no_ever_growing_memory()
    {
        using var world = new World(("Rules:0:Name", "first"));
        for (var i = 0; i < 2000; i++) world.Set(("Rules:0:Name", "rule" + i), ("Rules:0:MaxPerSecond", (i + 1).ToString()));
        using var metrics = new MetricReading();
        Assert.InRange(metrics.Of("observability.sampling.effective_ratio").Count(), 1, 1000);
        Assert.Equal("rule1999", world.Sampler.Explain(new SamplingRequest()).Rule);
    }

    [Fact]
    public void A_disposed_sampler_decides_on_and_follows_no_longer()
    {
        using var world = new World(("Default:Ratio", "0.5"));
        world.Sampler.Dispose();
        world.Set(("Default:Ratio", "0.25"));
        Assert.Equal(0.5, world.Probability);
        Assert.Equal(SamplingDecision.RecordAndSample, world.Sampler.ShouldSample(Spans.Root(Spans.TraceId(ulong.MaxValue))).Decision);
    }

    /// <summary>A configuration that can be changed, and the sampler that follows it.</summary>
    private sealed class World : IDisposable
    {
        private readonly ChangeableSource _source = new();
        private readonly ServiceProvider _services;

        public World(params (string Key, string Value)[] settings)
        {
            _source.Set(settings);
            var configuration = new ConfigurationBuilder().Add(_source).Build();
            _services = new ServiceCollection().AddSamplingOptions(configuration.GetSection("S")).BuildServiceProvider();
            Sampler = new SamplerFactory(new SamplingSurroundings { Time = new VirtualTime() })
                .CreateReloadable(_services.GetRequiredService<IOptionsMonitor<SamplingOptions>>());
        }

        public PolicySampler Sampler { get; }

        public double Probability => Sampler.Explain(new SamplingRequest { Kind = ActivityKind.Internal }).Probability;

        public void Set(params (string Key, string Value)[] settings) => _source.Set(settings);

        public void Dispose()
        {
            Sampler.Dispose();
            _services.Dispose();
        }
    }

    private sealed class ChangeableSource : ConfigurationProvider, IConfigurationSource
    {
        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

        public void Set((string Key, string Value)[] settings)
        {
            Data = settings.ToDictionary(pair => "S:" + pair.Key, pair => (string?)pair.Value, StringComparer.OrdinalIgnoreCase);
            OnReload();
        }
    }
}
