using System.Diagnostics;
using Shop.Data;

namespace Shop.Worker;

/// <summary>Packs the order that a message tells of.</summary>
internal sealed class PackingTable(ShopDatabase database, PackingMetrics metrics, TimeProvider time, ILogger<PackingTable> log)
{
    private static readonly ActivitySource Source = new("Shop.Worker");

    public async Task Process(OutboxMessage message, CancellationToken cancel)
    {
        using var span = StartProcessSpan(message);
        using var inHand = metrics.Take();

        await Pack(message.Order, cancel);
        message.Order.State = OrderState.Packed;
        message.ProcessedAt = time.GetUtcNow().UtcDateTime;
        await database.SaveChangesAsync(cancel);

        var waited = message.ProcessedAt.Value - message.CreatedAt;
        metrics.Packed(waited);
        PackingLog.Packed(log, message.Order.Id, waited.TotalMilliseconds);
    }

    /// <summary>
    /// The conventions for messaging: a "process" span is of kind CONSUMER and SHOULD link to the message's creation
    /// context. It accounts for a single message here, so that context is its parent as well: the order is one trace
    /// from the front end to the parcel. (A span for a whole batch could have the links only.)
    /// </summary>
    private static Activity? StartProcessSpan(OutboxMessage message)
    {
        var sent = OutboxTraceContext.Extract(message);
        var span = Source.StartActivity("process " + OutboxMessage.Destination, ActivityKind.Consumer, sent,
            links: sent == default ? null : [new ActivityLink(sent)]);
        span?.SetTag("messaging.system", OutboxMessage.System)
            .SetTag("messaging.operation.name", "process")
            .SetTag("messaging.operation.type", "process")
            .SetTag("messaging.destination.name", OutboxMessage.Destination)
            .SetTag("messaging.message.id", message.Id.ToString());
        foreach (var (key, value) in OutboxTraceContext.ExtractBaggage(message))
        {
            span?.SetBaggage(key, value);
            if (key == "shop.customer.tier") span?.SetTag(key, value);
        }
        return span;
    }

    private static async Task Pack(Order order, CancellationToken cancel)
    {
        using var span = Source.StartActivity("pack");
        span?.SetTag("shop.order.id", order.Id).SetTag("shop.quantity", order.Quantity);
        // Stands for the work.
        await Task.Delay(TimeSpan.FromMilliseconds(5), cancel);
        span?.AddEvent(new ActivityEvent("parcel.sealed"));
    }
}
