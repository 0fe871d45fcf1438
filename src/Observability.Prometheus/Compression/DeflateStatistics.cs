namespace Observability.Prometheus.Compression;

/// <summary>How often each symbol will be sent, as far as the text between values tells.</summary>
internal sealed class DeflateStatistics
{
    private const int Weight = 64;
    private readonly long[] _literals = new long[DeflateAlphabet.LiteralCount];
    private readonly long[] _distances = new long[DeflateAlphabet.DistanceCount];
    private long _values;

    public void Add(ReadOnlySpan<GapToken> gap)
    {
        _values++;
        foreach (var token in gap)
        {
            if (token.Length == 0)
            {
                _literals[token.Literal]++;
                continue;
            }
            _literals[DeflateAlphabet.Length(token.Length).Symbol]++;
            // A value of some four characters stands after every gap.
            _distances[DeflateAlphabet.Distance(Math.Min(token.Distance + 4 * token.GapsBack, DeflateAlphabet.FarthestMatch)).Symbol]++;
        }
    }

    /// <summary>Any byte may come up later, in a label or an exemplar, so each has a code, a long one where it was never seen.</summary>
    public long[] LiteralFrequencies()
    {
        var frequencies = _literals.Select(count => count * Weight + 1).ToArray();
        // Values grow while the table stays: about three digits each, all equally likely.
        for (var digit = '0'; digit <= '9'; digit++) frequencies[digit] += _values * Weight * 3 / 10;
        frequencies['.'] += _values * Weight / 8;
        return frequencies;
    }

    public long[] DistanceFrequencies() => [.. _distances.Select(count => count * Weight + 1)];
}
