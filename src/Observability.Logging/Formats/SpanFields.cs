using static System.Text.Encoding;

namespace Observability.Logging;

/// <summary>The constant fields after the message and the places of the current span's ids, joined into one text for each category.</summary>
internal sealed class SpanFields
{
    private readonly byte[] _none;
    private readonly byte[] _trace;
    private readonly byte[] _span;
    private readonly byte[] _recorded;
    private readonly byte[] _unrecorded;

    /// <param name="before">What comes before the ids, from the end of the message on.</param>
    /// <param name="trace">From the end of what comes before to the trace id, for example <c>,"trace_id":"</c>.</param>
    /// <param name="span">From the trace id's end to the span id.</param>
    /// <param name="emptyWithoutSpan">Whether the ids are empty, rather than absent, when there is no span.</param>
    /// <param name="recorded">From the span id's closing quote on, when the span is recorded.</param>
    /// <param name="unrecorded">The same for a span that is not recorded.</param>
    public SpanFields(byte[] before, string trace, string span, bool emptyWithoutSpan, string recorded = "\"", string unrecorded = "\"")
    {
        _trace = [.. before, .. UTF8.GetBytes(trace)];
        _span = UTF8.GetBytes(span);
        _none = emptyWithoutSpan ? [.. _trace, .. _span, (byte)'"'] : before;
        _recorded = UTF8.GetBytes(recorded);
        _unrecorded = UTF8.GetBytes(unrecorded);
    }

    /// <summary>The text of a category, whose own field is <paramref name="after"/> the ids.</summary>
    public CategoryText With(byte[] after) => new(
        [.. _none, .. after],
        [.. _trace, .. Zeros(CategoryText.TraceLength), .. _span, .. Zeros(CategoryText.SpanLength), .. _recorded, .. after],
        [.. _trace, .. Zeros(CategoryText.TraceLength), .. _span, .. Zeros(CategoryText.SpanLength), .. _unrecorded, .. after],
        _trace.Length,
        _trace.Length + CategoryText.TraceLength + _span.Length);

    private static byte[] Zeros(int count) => UTF8.GetBytes(new string('0', count));
}
