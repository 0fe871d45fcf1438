using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Observability.Sampling.Tests;

public class TailBufferTests
{
    [Fact]
    public void A_failed_child_brings_its_whole_local_trace()
    {
        using var world = new World();
        using (world.Start("root"))
        {
            using (world.Start("good")) { }
            using (var bad = world.Start("bad")) bad.SetStatus(ActivityStatusCode.Error);
        }
        Assert.Equal(["good", "bad", "root"], world.Names);
        Assert.All(world.Exported, span => Assert.Equal("tail-error", span.GetTagItem("sampling.reason")));
        Assert.All(world.Exported, span => Assert.Null(span.TraceStateString));
    }

    [Fact]
    public void A_span_that_a_processor_took_out_does_not_come_along()
    {
        using var world = new World();
        using (var root = world.Start("root"))
        {
            var unwanted = world.Start("unwanted");
            unwanted.Dispose();
            unwanted.IsAllDataRequested = false;
            root.SetStatus(ActivityStatusCode.Error);
        }
        Assert.Equal(["root"], world.Names);
    }

    [Fact]
    public void A_slow_root_brings_its_whole_local_trace()
    {
        using var world = new World();
        var root = world.Start("root");
        using (world.Start("child")) { }
        root.SetEndTime(root.StartTimeUtc.AddMilliseconds(501));
        root.Dispose();
        Assert.Equal(["child", "root"], world.Names);
        Assert.All(world.Exported, span => Assert.Equal("tail-slow", span.GetTagItem("sampling.reason")));
    }

    [Fact]
    public void A_good_and_quick_trace_is_dropped_and_leaves_no_memory()
    {
        using var world = new World();
        using (world.Start("root"))
        {
            using (world.Start("child")) { }
        }
        Assert.Empty(world.Names);
        Assert.Equal((0, 0), (world.Buffer.Bytes, world.Buffer.Traces));
    }

    [Fact]
    public void What_the_head_keeps_passes_at_once_and_unmarked()
    {
        using var world = new World(head: 1);
        using (world.Start("root"))
        {
            using (world.Start("child")) { }
            Assert.Equal(["child"], world.Names);
        }
        Assert.All(world.Exported, span => Assert.Null(span.GetTagItem("sampling.reason")));
    }

    [Fact]
    public void A_child_that_outlives_its_root_follows_it()
    {
        using var world = new World();
        var root = world.Start("root");
        var late = world.Start("late");
        root.SetStatus(ActivityStatusCode.Error);
        root.Stop();
        late.Stop();
        Assert.Equal(["root", "late"], world.Names);

        Activity.Current = null;
        var good = world.Start("good root");
        var dropped = world.Start("late again");
        good.Stop();
        dropped.Stop();
        Assert.Equal(2, world.Names.Count);
        Assert.Equal((0, 0), (world.Buffer.Bytes, world.Buffer.Traces));
    }

    [Fact]
    public void Memory_is_capped_and_what_does_not_fit_is_counted()
    {
        using var world = new World(configure: tail => tail.MaxMiB = 1);
        using (var root = world.Start("root"))
        {
            for (var i = 0; i < 200; i++)
            {
                using var child = world.Start("child");
                child.SetTag("payload", new string('x', 10_000));
                Assert.InRange(world.Buffer.Bytes, 0, 1 << 20);
            }
            root.SetStatus(ActivityStatusCode.Error);
        }
        Assert.InRange(world.Names.Count, 20, 100);
        Assert.Equal(201 - world.Names.Count, world.Buffer.LostToMemory);
        Assert.Equal(0, world.Buffer.Bytes);
    }

    [Fact]
    public void Traces_are_capped_and_a_trace_without_a_place_still_learns_of_its_errors()
    {
        using var world = new World(configure: tail => tail.MaxTraces = 2);
        var roots = Enumerable.Range(0, 5).Select(i =>
        {
            Activity.Current = null;
            var root = world.Start("root" + i);
            using (var child = world.Start("child" + i)) child.SetStatus(ActivityStatusCode.Error);
            return root;
        }).ToList();
        Assert.Equal(2, world.Buffer.Traces);
        Assert.Equal(3, world.Buffer.LostToTraces);
        foreach (var root in roots) root.Stop();
        Assert.Equal(7, world.Names.Count);
        Assert.Equal(0, world.Buffer.Traces);
    }

    [Fact]
    public void Age_is_capped_failures_are_kept_and_the_rest_is_counted()
    {
        using var world = new World();
        var root = world.Start("root");
        using (world.Start("good")) { }
        Activity.Current = null;
        var other = world.Start("other");
        using (var bad = world.Start("bad")) bad.SetStatus(ActivityStatusCode.Error);
        world.Time.Advance(TimeSpan.FromSeconds(80));
        Assert.Equal(["bad"], world.Names);
        Assert.Equal((0, 0, 1), (world.Buffer.Bytes, world.Buffer.Traces, world.Buffer.LostToAge));

        // A long-lived root goes on in segments: what comes after waits anew.
        Activity.Current = other;
        using (world.Start("later")) { }
        Assert.Equal(1, world.Buffer.Traces);
        other.Stop();
        root.Stop();
        Assert.Equal(["bad"], world.Names);
        Assert.Equal(0, world.Buffer.Traces);
    }

    [Fact]
    public void Shutdown_decides_what_still_waits()
    {
        var world = new World();
        world.Start("root");
        using (var bad = world.Start("bad")) bad.SetStatus(ActivityStatusCode.Error);
        world.Dispose();
        Assert.Equal(["bad"], world.Names);
        Activity.Current = null;
    }

    [Fact]
    public async Task Many_threads_lose_and_double_nothing()
    {
        // On a busy machine a root may well take half a second.
        using var world = new World(configure: tail => tail.SlowMs = 0);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; i < 500; i++)
            {
                Activity.Current = null;
                using var root = world.Start("root");
                await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
                {
                    using var child = world.Start("child");
                })));
                if (i % 10 == 0) root.SetStatus(ActivityStatusCode.Error);
            }
        })));
        Assert.Equal(8 * 50 * 5, world.Names.Count);
        Assert.Equal((0, 0), (world.Buffer.Bytes, world.Buffer.Traces));
    }

    [Fact]
    public void The_exporter_keeps_its_provider_and_so_its_resource()
    {
        using var world = new World();
        Assert.NotNull(world.Exporting.ParentProvider);
    }

    [Fact]
    public void Without_the_option_the_processor_stays_as_it_is()
    {
        using var export = new CollectingProcessor();
        Assert.Same(export, new SamplerFactory().WrapExport(new SamplingOptions(), export));
    }

    /// <summary>A provider whose sampler drops, with the buffer before what stands for the exporter.</summary>
    private sealed class World : IDisposable
    {
        private readonly ActivitySource _source = new("tail-" + Guid.NewGuid());
        private readonly TracerProvider _provider;
        private readonly TailBufferProcessor _tail;

        public World(double head = 0, Action<SamplingTailOptions>? configure = null)
        {
            Activity.Current = null;
            var options = new SamplingOptions { Default = { Ratio = head }, Tail = { Enabled = true, SlowMs = 500 } };
            configure?.Invoke(options.Tail);
            var factory = new SamplerFactory(new SamplingSurroundings { Time = Time });
            _tail = (TailBufferProcessor)factory.WrapExport(options, Exporting);
            _provider = Sdk.CreateTracerProviderBuilder().AddSource(_source.Name).SetSampler(factory.Create(options)).AddProcessor(_tail).Build();
        }

        public VirtualTime Time { get; } = new();
        public CollectingProcessor Exporting { get; } = new();
        public IReadOnlyCollection<Activity> Exported => Exporting.Exported;
        public List<string> Names => Exporting.Exported.Select(span => span.DisplayName).ToList();
        public TailBuffer Buffer => _tail.Buffer;

        public Activity Start(string name) => _source.StartActivity(name)!;

        public void Dispose()
        {
            _provider.Dispose();
            _source.Dispose();
        }
    }
}
