using System.Diagnostics;
using Observability.Weaver.Tests.Weaving;

namespace Observability.Weaver.Tests.Runtime;

public class AllocationTests
{
    private const string Source = """
        public static class Subject
        {
            public static int Work(int number) { try { return number + 1; } finally { Count++; } }
            public static int Count;
        }
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_woven_method_that_makes_no_span_allocates_nothing(bool sampledOut)
    {
        var woven = WovenAssembly.Weave(CompiledAssembly.From(Source), new WeaveRule { Method = "Work", Tags = new Dictionary<string, string> { ["number"] = "number" } });
        using var loaded = new LoadedAssembly(woven);
        using var recorder = sampledOut ? new SpanRecorder(woven.Name, ActivitySamplingResult.None) : null;
        var work = loaded.Assembly.GetType("Subject")!.GetMethod("Work")!.CreateDelegate<Func<int, int>>();
        // The framework makes a trace id for a root that it asks about; below a parent it needs none.
        using var parent = new Activity("parent").Start();
        work(1);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) work(i);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
