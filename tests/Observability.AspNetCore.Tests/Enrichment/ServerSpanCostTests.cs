using Observability.AspNetCore.Enrichment;

namespace Observability.AspNetCore.Tests.Enrichment;

public class ServerSpanCostTests
{
    [Fact]
    public void Names_and_numbers_that_were_seen_before_allocate_nothing()
    {
        var names = new SpanNames();
        var numbers = new BoxedNumbers();
        var ignored = new IgnoredPaths([]);
        Use();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) Use();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Use()
        {
            names.Of("GET", "/items/{id}");
            numbers.Box(443);
            ignored.Contains("/items/7");
        }
    }
}
