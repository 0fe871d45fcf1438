using System.Diagnostics.Metrics;
using Observability.Weaver.Tests.Shapes;
using Observability.Weaver.Tests.Weaving;

namespace Observability.Weaver.Tests.Runtime;

/// <summary>Calls, errors and durations of woven methods.</summary>
public class MetricsTests
{
    private static readonly WeaveRule Measured = new() { Method = "W*", Metrics = true };

    public static TheoryData<string, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, bool>();
            foreach (var name in new[] { "Plain", "Handlers", "Async", "Tasks", "Iterators", "AsyncIterators", "CustomBuilders" })
            {
                cases.Add(name, true);
                cases.Add(name, false);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_call_is_counted_once_with_its_duration_and_its_error(string name, bool spans)
    {
        var @case = ShapeCase.Named(name);
        var compiled = CompiledAssembly.From(@case.Source);
        var woven = WovenAssembly.Weave(compiled, new WeaveRule { Method = "W*", Metrics = true, Spans = spans });
        using var original = new LoadedAssembly(compiled);
        using var loaded = new LoadedAssembly(woven);
        using var meters = new MeterRecorder(woven.Name);
        using var recorder = new SpanRecorder(woven.Name);

        Assert.Equal(original.Run(), loaded.Run());
        var expected = @case.Spans.Where(line => line.StartsWith("Subject.W", StringComparison.Ordinal)).ToList();
        Assert.Equal(expected.Count, meters.Sum("code.function.calls"));
        Assert.Equal(expected.Count, meters.Count("code.function.duration"));
        Assert.Equal(expected.Count(line => line.Contains(" ! ", StringComparison.Ordinal)), meters.Sum("code.function.errors"));
        Assert.Equal(spans ? expected : [], recorder.Lines.Where(line => line.StartsWith("Subject.W", StringComparison.Ordinal)));
        loaded.CompileEveryMethod();
    }

    [Fact]
    public void Unheard_it_allocates_nothing()
    {
        var woven = WovenAssembly.Weave(CompiledAssembly.From("public static class Subject { public static int WAdd(int a) => a + 1; }"), Measured);
        using var loaded = new LoadedAssembly(woven);
        var add = loaded.Assembly.GetType("Subject")!.GetMethod("WAdd")!.CreateDelegate<Func<int, int>>();
        add(1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) add(i);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_listener_that_throws_or_calls_back_does_no_harm()
    {
        var woven = WovenAssembly.Weave(CompiledAssembly.From("public static class Subject { public static int WAdd(int a) => a + 1; }"), Measured);
        using var loaded = new LoadedAssembly(woven);
        var add = loaded.Assembly.GetType("Subject")!.GetMethod("WAdd")!.CreateDelegate<Func<int, int>>();
        var calls = 0;
        using var listener = new MeterListener { InstrumentPublished = (instrument, listener) => { if (instrument.Meter.Name == woven.Name) listener.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => { calls++; add(1); throw new InvalidOperationException(); });
        listener.Start();
        Assert.Equal(2, add(1));
        Assert.Equal(1, calls);
    }

    [Theory]
    [InlineData("throws")]
    [InlineData("calls woven code")]
    public void A_listener_that_is_told_of_the_instruments_does_no_harm(string what)
    {
        var woven = WovenAssembly.Weave(CompiledAssembly.From("public static class Subject { public static int WAdd(int a) => a + 1; }"), Measured);
        using var loaded = new LoadedAssembly(woven);
        var add = loaded.Assembly.GetType("Subject")!.GetMethod("WAdd")!.CreateDelegate<Func<int, int>>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name != woven.Name) return;
                Assert.Equal(2, add(1));
                if (what == "throws") throw new InvalidOperationException();
            },
        };
        listener.Start();
        Assert.Equal(2, add(1));
    }
}
