using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Observability.Logging;

/// <summary>
/// What stands between the message and the event of a category's lines, encoded once: the service, the span's ids, the category. It is copied as one piece and the
/// ids are put into their places, for each piece that is copied by itself costs a few nanoseconds.
/// </summary>
internal sealed class CategoryText
{
    public const int TraceLength = 32;
    public const int SpanLength = 16;

    private readonly byte[] _recorded;
    private readonly byte[] _unrecorded;
    private readonly int _trace;
    private readonly int _span;

    /// <param name="withoutSpan">The text when there is no span.</param>
    /// <param name="recorded">The text for a span that is recorded, with room for the ids.</param>
    /// <param name="unrecorded">The text for one that is not; its ids stand at the same places.</param>
    /// <param name="trace">Where the trace id goes.</param>
    /// <param name="span">Where the span id goes.</param>
    public CategoryText(byte[] withoutSpan, byte[] recorded, byte[] unrecorded, int trace, int span)
    {
        Plain = withoutSpan;
        _recorded = recorded;
        _unrecorded = unrecorded;
        _trace = trace;
        _span = span;
    }

    /// <summary>A text that has no place for ids.</summary>
    public CategoryText(byte[] text) : this(text, text, text, 0, 0)
    {
    }

    /// <summary>The text when there is no span.</summary>
    public byte[] Plain { get; }

    /// <summary>What the category's lines without values begin with.</summary>
    public KeptHeads Heads { get; } = new();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(Line line, byte[] text, Activity? activity)
    {
        ref var target = ref line.Ensure(text.Length);
        Unsafe.CopyBlockUnaligned(ref target, ref MemoryMarshal.GetArrayDataReference(text), (uint)text.Length);
        if (activity is not null) Fill(ref target, activity);
        line.Position += text.Length;
    }

    /// <summary>The text for lines of this span, its ids' places still to be filled.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte[] For(Activity? activity) => activity is null ? Plain : activity.Recorded ? _recorded : _unrecorded;

    /// <summary>Puts the span's ids into a copy of the text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fill(ref byte text, Activity activity) => Fill(ref text, activity.TraceId.ToHexString(), activity.SpanId.ToHexString());

    /// <summary>The same with the ids' own texts; cannot fail.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fill(ref byte text, string traceId, string spanId)
    {
        TraceContext.Trace(ref Unsafe.Add(ref text, _trace), traceId);
        TraceContext.Span(ref Unsafe.Add(ref text, _span), spanId);
    }
}
