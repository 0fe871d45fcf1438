using System.Diagnostics;
using Observability;

ActivitySource.AddActivityListener(new ActivityListener
{
    ShouldListenTo = source => source.Name == "Shop",
    Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
    ActivityStopped = span => Console.WriteLine($"span {span.DisplayName} {span.Kind} {span.GetTagItem("order.id")} {span.GetTagItem("order.total")}"),
});
try
{
    Console.WriteLine(await Orders.Place("A-1", 3));
    await Orders.Place("A-2", 0);
}
catch (ArgumentOutOfRangeException fault)
{
    Console.WriteLine(new StackTrace(fault, true).GetFrame(0)!.GetFileLineNumber() > 0 ? "line known" : "line unknown");
}

internal static class Orders
{
    [Traced("place order", Kind = ActivityKind.Client, Tags = ["order.id=id"], Return = "order.total")]
    public static async Task<int> Place(string id, int count)
    {
        await Task.Yield();
        return Prices.Total(count);
    }
}

internal static class Prices
{
    public static int Total(int count)
    {
        if (count == 0) throw new ArgumentOutOfRangeException(nameof(count));
        return count * 2;
    }
}
