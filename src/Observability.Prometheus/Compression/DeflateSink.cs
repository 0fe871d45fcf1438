using System.Runtime.CompilerServices;
using OpenTelemetry.Metrics;
using Observability.Prometheus.Layout;
using Observability.Prometheus.Rendering;

namespace Observability.Prometheus.Compression;

/// <summary>
/// Composes a gzip body: for every value the compiled bits of the gap before it, then the value's own. The text itself never
/// exists; its checksum is combined from those of its pieces. Integers wait until there are enough of them to be sent together.
/// </summary>
internal unsafe struct DeflateSink : ILineSink
{
    private const int MostWaiting = 64;

    /// <summary>A literal has at most 14 bits, and every store writes eight bytes.</summary>
    private const int BytesPerLiteral = 2;

    private readonly long* _waiting;
    private int _waitingCount;
    public DeflateState State;

    /// <param name="body">What is composed.</param>
    /// <param name="tables">The codes.</param>
    /// <param name="memory">Memory of <see cref="MemoryLength"/> that outlives the sink.</param>
    public DeflateSink(ScrapeBody body, DeflateTables tables, long* memory)
    {
        _waiting = memory;
        State = new DeflateState(body, tables, (int*)(memory + MostWaiting));
    }

    public const int MemoryLength = MostWaiting + DeflateState.Ring * sizeof(int) / sizeof(long);

    public static bool WantsText => false;

    /// <summary>A distance came out longer than DEFLATE's window: the body is worthless.</summary>
    public readonly bool Overran => State.Overran;

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

    /// <summary>Goes to a segment's first gap; what is written until the next call are its values.</summary>
    public void Enter(CompiledSegment segment)
    {
        Send();
        State.Enter(segment);
    }

    /// <summary>Sends text that is not followed by a value.</summary>
    public void Static(CompiledText text)
    {
        Send();
        State.Reserve(8 * text.Steps.Length + 16);
        State.Checksum.Append(text.Crc, text.Length);
        foreach (ref readonly var step in text.Steps.AsSpan()) State.Put(step.Bits, step.BitCount);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Number(long value)
    {
        _waiting[_waitingCount++] = value;
        if (_waitingCount == MostWaiting) this = WithSent(this);
    }

    public void Number(double value) => this = WithDouble(this, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Number(double value, ref CachedNumber cached)
    {
        cached.Update(value);
        this = WithText(this, (byte*)Unsafe.AsPointer(ref Unsafe.As<CachedNumber.Digits, byte>(ref cached.Text)), cached.Length, cached.Crc());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Exemplar(in Exemplar exemplar, double value) => this = WithExemplar(this, in exemplar, value);

    /// <summary>Ends the block and the member; returns the body's length.</summary>
    public int Finish(DeflateTables tables)
    {
        Send();
        State.Reserve(32);
        State.Put(tables.Literals.Bits[DeflateAlphabet.EndOfBlock], tables.Literals.Lengths[DeflateAlphabet.EndOfBlock]);
        if (State.BitCount > 0) *State.Out++ = (byte)State.Bits;
        *(uint*)State.Out = State.Checksum.Value;
        *(uint*)(State.Out + 4) = (uint)State.Checksum.Length;
        return State.Length + 8;
    }

    /// <summary>Sends what waits.</summary>
    public void Send()
    {
        if (_waitingCount == 0) return;
        GapEmission.Integers(ref State, _waiting, _waitingCount);
        _waitingCount = 0;
    }

    /// <summary>These take and return the sink by value: a reference to it would keep the walker's copy out of registers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static DeflateSink WithSent(DeflateSink sink)
    {
        sink.Send();
        return sink;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static DeflateSink WithText(DeflateSink sink, byte* text, int length, uint crc)
    {
        sink.Send();
        GapEmission.Gap(ref sink.State, BytesPerLiteral * length + 16);
        sink.State.Characters(text, length, crc);
        return sink;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static DeflateSink WithDouble(DeflateSink sink, double value)
    {
        var text = stackalloc byte[TextArena.Slack];
        var length = NumberText.Write(text, value);
        return WithText(sink, text, length, Crc32Algebra.Raw(0, new ReadOnlySpan<byte>(text, length)));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static DeflateSink WithExemplar(DeflateSink sink, in Exemplar exemplar, double value)
    {
        var text = stackalloc byte[ExemplarText.MaximumLength];
        sink.Send();
        var length = ExemplarText.Write(text, in exemplar, value);
        sink.State.Reserve(BytesPerLiteral * length + 16);
        sink.State.Characters(text, length, Crc32Algebra.Raw(0, new ReadOnlySpan<byte>(text, length)));
        return sink;
    }
}
