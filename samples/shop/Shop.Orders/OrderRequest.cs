namespace Shop.Orders;

internal sealed record OrderRequest(string Item, int Quantity);
