using System.Diagnostics;
using Shop.Data;

namespace Shop.Orders;

/// <summary>Prices an order, charges it, and writes it down together with the message that tells the worker.</summary>
internal sealed class OrderDesk(ShopDatabase database, Supplier supplier, Payments payments, OrderMetrics metrics, TimeProvider time, ILogger<OrderDesk> log)
{
    public static readonly ActivitySource Source = new("Shop.Orders");

    public async Task<PlacedOrder> Place(OrderRequest request, CancellationToken cancel)
    {
        var price = request.Quantity * await supplier.PriceOf(request.Item, cancel);
        payments.Charge(request.Item, price);
        var order = new Order { Item = request.Item, Quantity = request.Quantity, Price = price };
        await Save(order, cancel);
        metrics.Placed(order);
        OrderLog.Placed(log, order.Id, order.Quantity, order.Item, order.Price);
        return PlacedOrder.From(order);
    }

    public async Task<IResult> Find(long id, CancellationToken cancel) =>
        await database.Orders.FindAsync([id], cancel) is { } order ? Results.Ok(PlacedOrder.From(order)) : Results.NotFound();

    /// <summary>
    /// Writes order and message in one transaction (SaveChanges is one), under a producer span by the conventions for
    /// messaging: kind PRODUCER, name "{operation} {destination}". Its context is what the message carries.
    /// </summary>
    private async Task Save(Order order, CancellationToken cancel)
    {
        using var span = Source.StartActivity("send " + OutboxMessage.Destination, ActivityKind.Producer);
        span?.SetTag("messaging.system", OutboxMessage.System)
            .SetTag("messaging.operation.name", "send")
            .SetTag("messaging.operation.type", "send")
            .SetTag("messaging.destination.name", OutboxMessage.Destination);

        var message = new OutboxMessage { Order = order, CreatedAt = time.GetUtcNow().UtcDateTime };
        OutboxTraceContext.Inject(span, message);
        database.Outbox.Add(message);
        await database.SaveChangesAsync(cancel);
        span?.SetTag("messaging.message.id", message.Id.ToString());
    }
}
