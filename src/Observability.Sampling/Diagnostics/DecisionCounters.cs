using System.Collections.Concurrent;

namespace Observability.Sampling;

/// <summary>The counters of all rules there ever were, a bounded number: names beyond count as "other".</summary>
internal sealed class DecisionCounters
{
    private const int MaxNames = 400;

    private readonly ConcurrentDictionary<string, DecisionCounter> _counters = new(StringComparer.Ordinal);
    private readonly DecisionCounter _other = new(ReservedNames.Other);

    public DecisionCounter For(string rule)
    {
        if (_counters.TryGetValue(rule, out var counter)) return counter;
        return _counters.Count >= MaxNames ? _other : _counters.GetOrAdd(rule, static name => new DecisionCounter(name));
    }

    public IEnumerable<DecisionCounter> All => _counters.Values.Append(_other);
}
