using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Observability.Prometheus.Compression;

/// <summary>
/// Finds matches between gaps (LZ77). A match lies inside one earlier gap, because a value may change between any two; it is at
/// most 31 gaps and 16 KiB of text back, which leaves the other half of DEFLATE's window to the values between.
/// </summary>
internal sealed class GapTokenizer
{
    public const int FarthestGap = 31;
    public const int FarthestByte = 16_000;
    private const int ShortestMatch = 5;
    private const int Tries = 12;
    private const int HashBits = 14;
    private readonly int[] _heads = new int[1 << HashBits];
    private int[] _chain = [];
    private int[] _gapOf = [];
    private readonly List<GapToken> _tokens = [];

    public long Bytes => (_heads.Length + _chain.Length + _gapOf.Length) * sizeof(int);

    /// <summary>Takes another text.</summary>
    public void Begin(GapText text)
    {
        Array.Fill(_heads, -1);
        if (_chain.Length < text.Bytes.Length) (_chain, _gapOf) = (GC.AllocateUninitializedArray<int>(text.Capacity), GC.AllocateUninitializedArray<int>(text.Capacity));
    }

    /// <summary>The next gap of the text, valid until the one after it; empty for one that serves as a source only.</summary>
    public ReadOnlySpan<GapToken> Next(GapText text, int gap, bool isSource)
    {
        _gapOf.AsSpan(text.Start(gap), text.End(gap) - text.Start(gap)).Fill(gap);
        _tokens.Clear();
        Tokenize(text, gap, needsTokens: !isSource);
        return CollectionsMarshal.AsSpan(_tokens);
    }

    private void Tokenize(GapText text, int gap, bool needsTokens)
    {
        var bytes = text.Bytes;
        var end = text.End(gap);
        for (var position = text.Start(gap); position < end;)
        {
            var (length, source) = needsTokens ? Find(text, gap, position, end) : (0, -1);
            if (length >= ShortestMatch)
            {
                _tokens.Add(GapToken.Match(length, gap - _gapOf[source], position - source));
                for (var i = 0; i < length; i++) Insert(bytes, position + i, end);
                position += length;
            }
            else
            {
                if (needsTokens) _tokens.Add(GapToken.Of(bytes[position]));
                Insert(bytes, position++, end);
            }
        }
    }

    private (int Length, int Source) Find(GapText text, int gap, int position, int end)
    {
        if (end - position < ShortestMatch) return (0, -1);
        var bytes = text.Bytes;
        var longest = Math.Min(end - position, DeflateAlphabet.LongestMatch);
        var (best, source) = (0, -1);
        var candidate = _heads[Hash(bytes, position)];
        for (var tries = Tries; candidate >= 0 && tries > 0; tries--, candidate = _chain[candidate])
        {
            var candidateGap = _gapOf[candidate];
            if (gap - candidateGap > FarthestGap || position - candidate > FarthestByte) break;
            // Inside the gap itself nothing lies between, so a match may overlap what it writes.
            var limit = candidateGap == gap ? longest : Math.Min(longest, text.End(candidateGap) - candidate);
            if (limit <= best || bytes[candidate + best] != bytes[position + best]) continue;
            var length = Common(bytes, candidate, position, limit);
            if (length <= best) continue;
            (best, source) = (length, candidate);
            if (best == longest) break;
        }
        return (best, source);
    }

    private void Insert(ReadOnlySpan<byte> bytes, int position, int end)
    {
        if (end - position < 4) return;
        ref var head = ref _heads[Hash(bytes, position)];
        _chain[position] = head;
        head = position;
    }

    private static int Common(ReadOnlySpan<byte> bytes, int left, int right, int limit)
    {
        var length = 0;
        while (length + 8 <= limit)
        {
            var difference = Word(bytes, left + length) ^ Word(bytes, right + length);
            if (difference != 0) return length + BitOperations.TrailingZeroCount(difference) / 8;
            length += 8;
        }
        while (length < limit && bytes[left + length] == bytes[right + length]) length++;
        return length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Word(ReadOnlySpan<byte> bytes, int position) => Unsafe.ReadUnaligned<ulong>(in bytes[position]);

    private static int Hash(ReadOnlySpan<byte> bytes, int position) =>
        (int)(Unsafe.ReadUnaligned<uint>(in bytes[position]) * 2654435761 >> (32 - HashBits));
}
