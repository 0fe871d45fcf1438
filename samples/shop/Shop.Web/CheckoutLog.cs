namespace Shop.Web;

/// <summary>Every line that Shop.Web writes; generated code, so a line that is not wanted costs a comparison.</summary>
internal static partial class CheckoutLog
{
    [LoggerMessage(1, LogLevel.Information, "Checkout of {Quantity} x {Item} accepted as order {OrderId}")]
    public static partial void Accepted(ILogger log, int quantity, string item, long orderId);

    [LoggerMessage(2, LogLevel.Warning, "Checkout refused: {Quantity} pieces")]
    public static partial void Refused(ILogger log, int quantity);

    [LoggerMessage(3, LogLevel.Error, "Checkout of {Quantity} x {Item} failed")]
    public static partial void Failed(ILogger log, Exception failure, int quantity, string item);
}
