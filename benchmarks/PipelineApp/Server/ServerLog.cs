namespace PipelineApp.Server;

internal static partial class ServerLog
{
    [LoggerMessage(1, LogLevel.Information, "Item {ItemId} read from {Store}")]
    public static partial void ItemRead(ILogger log, int itemId, string store);
}
