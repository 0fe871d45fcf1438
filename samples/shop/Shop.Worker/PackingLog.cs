namespace Shop.Worker;

internal static partial class PackingLog
{
    [LoggerMessage(1, LogLevel.Information, "Order {OrderId} packed {Milliseconds:0} ms after it was accepted")]
    public static partial void Packed(ILogger log, long orderId, double milliseconds);

    [LoggerMessage(2, LogLevel.Warning, "The outbox could not be read, trying again: {Reason}")]
    public static partial void PollFailed(ILogger log, string reason);
}
