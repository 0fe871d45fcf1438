using System.Runtime.CompilerServices;
using OpenTelemetry.Metrics;
using Observability.Prometheus.Layout;

namespace Observability.Prometheus.Rendering;

/// <summary>Writes plain text into a body. Every copy may run over by <see cref="TextArena.Slack"/> bytes, which are then overwritten.</summary>
internal unsafe struct TextSink : ILineSink
{
    /// <summary>Room for a number and its line's end besides the text announced, thrice the slack.</summary>
    private const int Margin = 4 * TextArena.Slack;

    private readonly ScrapeBody _body;
    private byte* _cursor;
    private byte* _limit;

    public TextSink(ScrapeBody body)
    {
        _body = body;
        _cursor = body.Start;
        _limit = body.Start + body.Capacity - Margin;
    }

    public static bool WantsText => true;

    public readonly int Length => (int)(_cursor - _body.Start);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Begin(int textLength)
    {
        if (_limit - _cursor < textLength) this = Grown(this, textLength);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Text(PinnedText text) => Text(text.Start, text.Length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Text(byte* start, int length)
    {
        var cursor = _cursor;
        Unsafe.CopyBlockUnaligned(cursor, start, 32);
        if (length > 32) Rest(cursor, start, length);
        _cursor = cursor + length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Number(long value) => _cursor += NumberText.Write(_cursor, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Number(double value) => _cursor += NumberText.Write(_cursor, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Number(double value, ref CachedNumber cached)
    {
        cached.Update(value);
        Unsafe.CopyBlockUnaligned(ref *_cursor, ref Unsafe.As<CachedNumber.Digits, byte>(ref cached.Text), CachedNumber.MaximumLength);
        _cursor += cached.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Exemplar(in Exemplar exemplar, double value)
    {
        Begin(ExemplarText.MaximumLength);
        _cursor += ExemplarText.Write(_cursor, in exemplar, value);
        Begin(0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void End() => *_cursor++ = (byte)'\n';

    private static void Rest(byte* destination, byte* source, int length)
    {
        for (var i = 32; i < length; i += 32) Unsafe.CopyBlockUnaligned(destination + i, source + i, 32);
    }

    /// <summary>Takes and returns the sink by value: a reference to it would keep the walker's copy out of registers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TextSink Grown(TextSink sink, int textLength)
    {
        var length = sink.Length;
        sink._body.Grow(length, length + textLength + Margin);
        sink._cursor = sink._body.Start + length;
        sink._limit = sink._body.Start + sink._body.Capacity - Margin;
        return sink;
    }
}
