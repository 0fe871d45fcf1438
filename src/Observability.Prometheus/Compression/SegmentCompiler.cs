using Observability.Prometheus.Layout;

namespace Observability.Prometheus.Compression;

/// <summary>Compiles gaps to steps under given tables.</summary>
internal sealed class SegmentCompiler
{
    /// <summary>Enough gaps of each segment to know its alphabet.</summary>
    private const int TrainingPoints = 256;

    /// <summary>A text that a few new series make; what a larger one took is let go when none came for a while.</summary>
    private const int SmallText = 1 << 15;

    private const int ScrapesBeforeTrim = 16;

    private GapTokenizer _tokenizer = new();
    private GapText _text = new();
    private readonly List<GapStep> _steps = [];
    private int _idle;

    /// <summary>What it keeps for the next text.</summary>
    public long Bytes => _tokenizer.Bytes + _text.Capacity;

    /// <summary>Called once a scrape: lets go of what only a large text needed.</summary>
    public void Rest()
    {
        if (_text.Capacity <= SmallText || ++_idle < ScrapesBeforeTrim) return;
        (_tokenizer, _text) = (new GapTokenizer(), new GapText());
    }

    public void Train(in SourceSnapshot source, PinnedText head, HistogramParts parts, DeflateStatistics statistics)
    {
        var sample = source.Count > TrainingPoints ? source.First(TrainingPoints) : source;
        _text.Read(sample, head, parts, first: 0);
        _tokenizer.Begin(_text);
        for (var gap = _text.First; gap < _text.Count; gap++) statistics.Add(_tokenizer.Next(_text, gap, isSource: false));
    }

    /// <summary>Compiles what the segment does not have yet.</summary>
    public void Extend(CompiledSegment segment, in SourceSnapshot source, PinnedText head, HistogramParts parts, DeflateTables tables)
    {
        _text.Read(source, head, parts, Math.Max(0, segment.Values - GapTokenizer.FarthestGap));
        _tokenizer.Begin(_text);
        var first = segment.Values;
        for (var gap = _text.First; gap < _text.Count; gap++)
        {
            var tokens = _tokenizer.Next(_text, gap, isSource: gap < first);
            if (gap < first) continue;
            Encode(tokens, tables);
            var bytes = _text.Bytes[_text.Start(gap).._text.End(gap)];
            segment.Add(Crc32Algebra.Raw(0, bytes), bytes.Length, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_steps));
        }
        segment.Points = source.Count;
        if (_text.Length > SmallText) _idle = 0;
    }

    /// <summary>A text without matches, for what stands once in an exposition.</summary>
    public static GapStep[] Literals(ReadOnlySpan<byte> text, DeflateTables tables)
    {
        var compiler = new SegmentCompiler();
        var tokens = new GapToken[text.Length];
        for (var i = 0; i < tokens.Length; i++) tokens[i] = GapToken.Of(text[i]);
        compiler.Encode(tokens, tables);
        return [.. compiler._steps];
    }

    private void Encode(ReadOnlySpan<GapToken> tokens, DeflateTables tables)
    {
        _steps.Clear();
        var (bits, count) = (0UL, 0);
        var code = tables.Literals;
        foreach (var token in tokens)
        {
            var (symbol, extra, extraBits) = token.Length == 0 ? (token.Literal, 0, 0) : DeflateAlphabet.Length(token.Length);
            // With the at most 24 bits of a distance that stays within what one store sends.
            if (count + code.Lengths[symbol] + extraBits > GapStep.MostBits) Flush(ref bits, ref count, GapStep.NoDistance, 0);
            bits |= (ulong)code.Bits[symbol] << count;
            count += code.Lengths[symbol];
            bits |= (ulong)extra << count;
            count += extraBits;
            if (token.Length > 0) Flush(ref bits, ref count, token.GapsBack, token.Distance);
        }
        if (count > 0) Flush(ref bits, ref count, GapStep.NoDistance, 0);
    }

    private void Flush(ref ulong bits, ref int count, int gapsBack, int distance)
    {
        _steps.Add(new GapStep((uint)bits, count, gapsBack, distance));
        (bits, count) = (0, 0);
    }
}
