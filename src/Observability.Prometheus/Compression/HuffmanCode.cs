namespace Observability.Prometheus.Compression;

/// <summary>A canonical, length-limited Huffman code as DEFLATE writes it (RFC 1951, 3.2.2): bits in reverse, ready to be emitted.</summary>
internal sealed class HuffmanCode
{
    private HuffmanCode(byte[] lengths, ushort[] bits)
    {
        Lengths = lengths;
        Bits = bits;
    }

    public byte[] Lengths { get; }
    public ushort[] Bits { get; }

    public static HuffmanCode Build(ReadOnlySpan<long> frequencies, int limit)
    {
        var weights = frequencies.ToArray();
        var lengths = Depths(weights);
        // Flattening the weights costs a little of the optimum and always ends.
        while (lengths.Max() > limit)
        {
            for (var i = 0; i < weights.Length; i++)
            {
                if (weights[i] > 0) weights[i] = weights[i] / 2 + 1;
            }
            lengths = Depths(weights);
        }
        return new HuffmanCode(lengths, Canonical(lengths));
    }

    private static byte[] Depths(long[] weights)
    {
        var queue = new PriorityQueue<int, (long Weight, int Order)>();
        var parents = new List<int>();
        var symbols = new List<int>();
        for (var symbol = 0; symbol < weights.Length; symbol++)
        {
            if (weights[symbol] <= 0) continue;
            symbols.Add(symbol);
            parents.Add(-1);
            queue.Enqueue(parents.Count - 1, (weights[symbol], parents.Count));
        }
        while (queue.Count > 1)
        {
            queue.TryDequeue(out var left, out var leftKey);
            queue.TryDequeue(out var right, out var rightKey);
            parents.Add(-1);
            parents[left] = parents[right] = parents.Count - 1;
            queue.Enqueue(parents.Count - 1, (leftKey.Weight + rightKey.Weight, parents.Count));
        }
        var lengths = new byte[weights.Length];
        for (var i = 0; i < symbols.Count; i++)
        {
            var depth = 0;
            for (var node = i; parents[node] >= 0; node = parents[node]) depth++;
            lengths[symbols[i]] = (byte)Math.Max(1, depth);
        }
        return lengths;
    }

    private static ushort[] Canonical(byte[] lengths)
    {
        Span<int> next = stackalloc int[17];
        Span<int> counts = stackalloc int[17];
        next.Clear();
        counts.Clear();
        foreach (var length in lengths) counts[length]++;
        counts[0] = 0;
        for (int length = 1, code = 0; length <= 16; length++)
        {
            code = code + counts[length - 1] << 1;
            next[length] = code;
        }
        var bits = new ushort[lengths.Length];
        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            if (lengths[symbol] == 0) continue;
            var code = next[lengths[symbol]]++;
            for (var bit = 0; bit < lengths[symbol]; bit++) bits[symbol] |= (ushort)((code >> bit & 1) << (lengths[symbol] - 1 - bit));
        }
        return bits;
    }
}
