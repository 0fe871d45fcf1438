using System.Numerics;

namespace Observability.Sampling;

/// <summary>Counts the decisions of one rule. Striped by processor, because every request of the process passes here.</summary>
internal sealed class DecisionCounter(string rule)
{
    // Two cache lines a stripe: processors fetch lines in pairs.
    private const int Stride = 16;

    private static readonly int Stripes = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Min(Environment.ProcessorCount, 32));

    private readonly long[] _cells = new long[(Stripes + 1) * Stride];

    public string Rule { get; } = rule;

    public void Add(DecisionOutcome outcome)
    {
        // The first stride is left empty: it shares its line with the array's header, which every access reads.
        var cell = (((Thread.GetCurrentProcessorId() & (Stripes - 1)) + 1) * Stride) + (int)outcome;
        Interlocked.Increment(ref _cells[cell]);
    }

    public long Total(DecisionOutcome outcome)
    {
        long total = 0;
        for (var stripe = 1; stripe <= Stripes; stripe++) total += Volatile.Read(ref _cells[(stripe * Stride) + (int)outcome]);
        return total;
    }
}
