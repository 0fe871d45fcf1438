using System.Diagnostics;

namespace Shop.Orders;

/// <summary>The price list, and the slow path: what is made to order has to be asked for.</summary>
internal sealed class Supplier(ILogger<Supplier> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    public async ValueTask<decimal> PriceOf(string item, CancellationToken cancel) => item switch
    {
        "tea" => 4.50m,
        "gift-card" => 25m,
        _ => await Ask(item, cancel),
    };

    private async Task<decimal> Ask(string item, CancellationToken cancel)
    {
        using var span = OrderDesk.Source.StartActivity("ask supplier");
        span?.SetTag("shop.item", item);
        var start = Stopwatch.GetTimestamp();
        // Stands for the workshop's telephone.
        await Task.Delay(TimeSpan.FromMilliseconds(600), cancel);
        var took = Stopwatch.GetElapsedTime(start);
        if (took > Patience)
        {
            span?.AddEvent(new ActivityEvent("supplier.slow", tags: new() { ["shop.supplier.patience_ms"] = Patience.TotalMilliseconds }));
            OrderLog.SupplierSlow(log, item, took.TotalMilliseconds);
        }
        return 79m;
    }
}
