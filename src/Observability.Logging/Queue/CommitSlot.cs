using System.Collections.Concurrent;

namespace Observability.Logging;

/// <summary>
/// A number that one living thread has to itself, for counters that no other thread writes. There are few; threads beyond them share one, on which additions are atomic.
/// </summary>
internal sealed class CommitSlot
{
    /// <summary>The slot of all threads that have none of their own.</summary>
    public const int Shared = 0;

    /// <summary>All slots, the shared one among them.</summary>
    public const int Count = 64;

    /// <summary>Numbers of 8 bytes between two slots, so that no cache line holds two of them.</summary>
    public const int Stride = 8;

    private static readonly ConcurrentStack<int> s_free = new(Enumerable.Range(1, Count - 1).Reverse());

    private CommitSlot(int number) => Number = number;

    /// <summary>A thread that ends leaves its line to the collector, and with it the slot.</summary>
    ~CommitSlot() => s_free.Push(Number);

    public int Number { get; }

    /// <summary>A slot for the calling thread; null when all are taken.</summary>
    public static CommitSlot? Take() => s_free.TryPop(out var number) ? new CommitSlot(number) : null;
}
