namespace Shop.Web;

internal sealed record Basket(string Item, int Quantity = 1, string Tier = "regular");
