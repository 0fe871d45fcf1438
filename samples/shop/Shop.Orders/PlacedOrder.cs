using Shop.Data;

namespace Shop.Orders;

internal sealed record PlacedOrder(long Id, string Item, int Quantity, decimal Price, string State)
{
    public static PlacedOrder From(Order order) => new(order.Id, order.Item, order.Quantity, order.Price, order.State.ToString());
}
