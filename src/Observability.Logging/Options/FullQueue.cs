namespace Observability.Logging;

/// <summary>What the caller does when the queue is full.</summary>
public enum FullQueue
{
    /// <summary>The line is dropped and counted, the lowest levels first.</summary>
    Drop,

    /// <summary>The caller waits for room, for a bounded time.</summary>
    Wait,
}
