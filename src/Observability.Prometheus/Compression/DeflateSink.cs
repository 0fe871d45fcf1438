using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OpenTelemetry.Metrics;
using Observability.Prometheus.Layout;
using Observability.Prometheus.Rendering;

namespace Observability.Prometheus.Compression;

/// <summary>
/// Composes a gzip body: for every value the compiled bits of the gap before it, then the value's own. The text itself never
/// exists; its checksum is combined from those of its pieces.
/// </summary>
internal unsafe struct DeflateSink : ILineSink
{
    private const int Ring = 32;
    private readonly ScrapeBody _body;
    private readonly uint* _literals;
    private readonly uint* _distances;
    private readonly ulong* _lead;
    private readonly ulong* _padded;
    private readonly int* _ring;
    private GapStep* _step;
    private CompiledGap* _gap;
    private byte* _out;
    private byte* _limit;
    private ulong _bits;
    private int _bitCount;
    private int _values;
    private uint _index;
    private uint _valueCrc;
    private int _valueLength;
    private ulong _crc;
    private long _plain;
    private int _margin;

    public DeflateSink(ScrapeBody body, DeflateTables tables, int* ring)
    {
        _body = body;
        _literals = Pointer<uint>(tables.LiteralBits);
        _distances = Pointer<uint>(tables.DistanceBits);
        _lead = Pointer<ulong>(tables.Lead);
        _padded = Pointer<ulong>(tables.Padded);
        _ring = ring;
        body.Grow(0, 4096);
        tables.Header.CopyTo(new Span<byte>(body.Start, body.Capacity));
        _out = body.Start + tables.Header.Length;
        _bits = tables.HeaderBits;
        _bitCount = tables.HeaderBitCount;
        _crc = 0xFFFFFFFF00000000;
    }

    /// <summary>How much room the ring of recent gaps takes.</summary>
    public const int RingLength = Ring;

    public static bool WantsText => false;

    /// <summary>A distance came out longer than DEFLATE's window: the body is worthless.</summary>
    public bool Overran { get; private set; }

    public readonly void Begin(int textLength)
    {
    }

    public readonly void Text(PinnedText text)
    {
    }

    public readonly void Text(byte* start, int length)
    {
    }

    public readonly void End()
    {
    }

    /// <summary>Goes to a segment; what is written until the next call are its values.</summary>
    public void Enter(CompiledSegment segment)
    {
        _gap = Pointer<CompiledGap>(segment.Gaps);
        _step = Pointer<GapStep>(segment.Steps);
        _values = 0;
        _index = 0;
        // A step sends at most seven bytes and stores eight.
        _margin = 8 * segment.MostSteps + 512;
        EnsureRoom();
    }

    /// <summary>Sends text that is not followed by a value.</summary>
    public void Static(CompiledText text)
    {
        _margin = 8 * text.Steps.Length + 512;
        EnsureRoom();
        Fold(text.Crc, text.Length);
        foreach (ref readonly var step in text.Steps.AsSpan()) Put(step.Bits, step.BitCount);
        _valueCrc = 0;
        _valueLength = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Number(long value)
    {
        Gap();
        if ((ulong)value < 1000)
        {
            _valueCrc = Lead((uint)value, 0);
            Took(Digits((uint)value));
        }
        else if ((ulong)value < 1_000_000)
        {
            var high = (uint)value / 1000;
            _valueCrc = Lead(high, 1) ^ Padded((uint)value - high * 1000, 0);
            Took(Digits(high) + 3);
        }
        else this = WithLarge(this, value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Number(double value) => this = WithDouble(this, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Number(double value, ref CachedNumber cached)
    {
        cached.Update(value);
        Gap();
        Characters((byte*)Unsafe.AsPointer(ref Unsafe.As<CachedNumber.Digits, byte>(ref cached.Text)), cached.Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Exemplar(in Exemplar exemplar, double value) => this = WithExemplar(this, in exemplar, value);

    /// <summary>Ends the block and the member; returns the body's length.</summary>
    public int Finish(DeflateTables tables)
    {
        Put(tables.Literals.Bits[DeflateAlphabet.EndOfBlock], tables.Literals.Lengths[DeflateAlphabet.EndOfBlock]);
        if (_bitCount > 0) *_out++ = (byte)_bits;
        *(uint*)_out = ~Crc32Algebra.Reduce(_crc);
        *(uint*)(_out + 4) = (uint)_plain;
        return (int)(_out + 8 - _body.Start);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Gap()
    {
        if (_out > _limit) this = WithRoom(this);
        var gap = _gap++;
        Fold(gap->Crc, gap->Length);
        _ring[_index & (Ring - 1)] = _values;
        var step = _step;
        var end = step + gap->Steps;
        for (; step < end; step++)
        {
            var bits = step->Bits;
            int count = step->BitCount;
            uint back = step->GapsBack;
            if (back != GapStep.NoDistance)
            {
                var distance = step->Distance + _values - _ring[(_index - back) & (Ring - 1)];
                if (distance > DeflateAlphabet.FarthestMatch)
                {
                    Overran = true;
                    distance = 1;
                }
                var code = _distances[distance];
                bits |= (ulong)(code & 0xFFFFFF) << count;
                count += (int)(code >> 24);
            }
            Put(bits, count);
        }
        _step = end;
        _index++;
    }

    /// <summary>Takes the value that was sent last, and the gap after it, into the checksum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Fold(uint crc, int length)
    {
        _crc = Crc32Algebra.Shift(_crc, _valueLength + length) ^ Crc32Algebra.Shift(_valueCrc, length) ^ (ulong)crc << 32;
        _plain += _valueLength + length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Put(ulong bits, int count)
    {
        var all = _bits | bits << _bitCount;
        count += _bitCount;
        *(ulong*)_out = all;
        _out += count >> 3;
        _bits = all >> (count & 0x38);
        _bitCount = count & 7;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Took(int length)
    {
        _valueLength = length;
        _values += length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Lead(uint value, int following)
    {
        var packed = _lead[value];
        Put(packed & 0xFFFFFFFFFFFFFF, (int)(packed >> 56));
        return DigitChecksums.Lead[following * 1000 + (int)value];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Padded(uint value, int following)
    {
        var packed = _padded[value];
        Put(packed & 0xFFFFFFFFFFFFFF, (int)(packed >> 56));
        return DigitChecksums.Padded[following * 1000 + (int)value];
    }

    private static int Digits(uint value) => value >= 100 ? 3 : value >= 10 ? 2 : 1;

    /// <summary>The rarer cases take and return the sink by value: a reference to it would keep the walker's copy out of registers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static DeflateSink WithLarge(DeflateSink sink, long value)
    {
        if (value < 0)
        {
            var text = stackalloc byte[TextArena.Slack];
            sink.Characters(text, NumberText.Write(text, value));
            return sink;
        }
        var parts = stackalloc uint[7];
        var following = 0;
        while (value >= 1000)
        {
            var quotient = value / 1000;
            parts[following++] = (uint)(value - quotient * 1000);
            value = quotient;
        }
        var length = Digits((uint)value) + 3 * following;
        var crc = sink.Lead((uint)value, following);
        while (following-- > 0) crc ^= sink.Padded(parts[following], following);
        sink._valueCrc = crc;
        sink.Took(length);
        return sink;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static DeflateSink WithDouble(DeflateSink sink, double value)
    {
        var text = stackalloc byte[TextArena.Slack];
        sink.Gap();
        sink.Characters(text, NumberText.Write(text, value));
        return sink;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static DeflateSink WithExemplar(DeflateSink sink, in Exemplar exemplar, double value)
    {
        var text = stackalloc byte[ExemplarText.MaximumLength];
        var length = ExemplarText.Write(text, in exemplar, value);
        // A literal takes at most two bytes.
        sink._body.Reserve(ref sink._out, ref sink._limit, sink._margin + 2 * length);
        sink.More(text, length);
        sink.EnsureRoom();
        return sink;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static DeflateSink WithRoom(DeflateSink sink)
    {
        sink.EnsureRoom();
        return sink;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Characters(byte* text, int length)
    {
        _valueCrc = 0;
        _valueLength = 0;
        More(text, length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void More(byte* text, int length)
    {
        var crc = _valueCrc;
        var literals = _literals;
        for (var i = 0; i < length; i++)
        {
            var literal = literals[text[i]];
            Put(literal & 0xFFFFFF, (int)(literal >> 24));
            crc = Crc32Algebra.Raw(crc, text[i]);
        }
        _valueCrc = crc;
        _valueLength += length;
        _values += length;
    }

    private void EnsureRoom() => _body.Reserve(ref _out, ref _limit, _margin);

    private static T* Pointer<T>(T[] pinned)
        where T : unmanaged => (T*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));
}
