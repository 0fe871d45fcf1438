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
        if (_limit - _cursor < textLength) Grow(textLength);
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

    public void Number(double value) => _cursor += NumberText.Write(_cursor, value);

    public void Number(double value, ref CachedNumber cached)
    {
        cached.Update(value);
        Unsafe.CopyBlockUnaligned(ref *_cursor, ref Unsafe.As<CachedNumber.Digits, byte>(ref cached.Text), CachedNumber.MaximumLength);
        _cursor += cached.Length;
    }

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

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int textLength)
    {
        var length = Length;
        _body.Grow(length, length + textLength + Margin);
        _cursor = _body.Start + length;
        _limit = _body.Start + _body.Capacity - Margin;
    }
}
