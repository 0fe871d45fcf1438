namespace Observability.Prometheus.Catalog;

/// <summary>
/// The label sets of a family as 64-bit hashes, 8 bytes a slot. A chance collision (one in 2^64 for a pair) only gives a series
/// a distinguishing label that it did not need.
/// </summary>
internal sealed class SeriesSet
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;
    private ulong[] _slots = [];
    private int _count;

    /// <summary>Whether any series needed a number to be told from another.</summary>
    public bool HasDuplicates { get; private set; }

    public long Bytes => _slots.Length * sizeof(ulong);

    public static ulong Hash(IReadOnlyList<KeyValuePair<string, string>> fixedLabels, List<KeyValuePair<string, string>> labels)
    {
        var hash = Offset;
        for (var i = 0; i < labels.Count; i++) hash = Mix(Mix(hash, labels[i].Key), labels[i].Value);
        for (var i = 0; i < fixedLabels.Count; i++) hash = Mix(Mix(hash, fixedLabels[i].Key), fixedLabels[i].Value);
        return hash == 0 ? 1 : hash;
    }

    /// <summary>False when the set already has it.</summary>
    public bool Add(ulong hash)
    {
        if ((_count + 1) * 4 > _slots.Length * 3) Grow();
        if (!Insert(_slots, hash))
        {
            HasDuplicates = true;
            return false;
        }
        _count++;
        return true;
    }

    /// <summary>Forgets all, to be filled again.</summary>
    public void Clear()
    {
        Array.Clear(_slots);
        (_count, HasDuplicates) = (0, false);
    }

    private static bool Insert(ulong[] slots, ulong hash)
    {
        var mask = slots.Length - 1;
        for (var i = (int)(hash ^ (hash >> 32)) & mask; ; i = (i + 1) & mask)
        {
            if (slots[i] == hash) return false;
            if (slots[i] != 0) continue;
            slots[i] = hash;
            return true;
        }
    }

    private void Grow()
    {
        var larger = new ulong[Math.Max(4, _slots.Length * 2)];
        foreach (var hash in _slots)
        {
            if (hash != 0) Insert(larger, hash);
        }
        _slots = larger;
    }

    private static ulong Mix(ulong hash, string text)
    {
        foreach (var character in text) hash = (hash ^ character) * Prime;
        return (hash ^ 0x1FFFF) * Prime;
    }
}
