namespace Shop.Orders;

internal static partial class OrderLog
{
    [LoggerMessage(1, LogLevel.Information, "Order {OrderId} placed: {Quantity} x {Item} for {Price} EUR")]
    public static partial void Placed(ILogger log, long orderId, int quantity, string item, decimal price);

    [LoggerMessage(2, LogLevel.Warning, "The supplier of {Item} took {Milliseconds:0} ms to answer")]
    public static partial void SupplierSlow(ILogger log, string item, double milliseconds);
}
