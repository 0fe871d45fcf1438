namespace Shop.Web;

internal sealed record PlacedOrder(long Id, string Item, int Quantity, decimal Price, string State);
