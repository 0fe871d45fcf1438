namespace Shop.Data;

public sealed class Order
{
    public long Id { get; set; }
    public required string Item { get; init; }
    public int Quantity { get; init; }
    public decimal Price { get; init; }
    public OrderState State { get; set; }
}
