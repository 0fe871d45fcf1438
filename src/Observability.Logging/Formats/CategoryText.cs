using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Observability.Logging;

/// <summary>
/// What stands between the message and the event of a category's lines, encoded once: the service, the span's ids, the category. It is copied as one piece and the
/// ids are put into their places, for each piece that is copied by itself costs a few nanoseconds.
/// </summary>
internal sealed class CategoryText
{
    public const int TraceLength = 32;
    public const int SpanLength = 16;

    /// <summary>Events of a category whose text is kept, far more than a category mostly has.</summary>
    private const int MostEvents = 64;

    private readonly byte[] _plain;
    private readonly byte[] _recorded;
    private readonly byte[] _unrecorded;
    private readonly int _trace;
    private readonly int _span;
    private readonly CategoryText?[] _events = new CategoryText?[MostEvents];
    private int _event;

    /// <param name="withoutSpan">The text when there is no span.</param>
    /// <param name="recorded">The text for a span that is recorded, with room for the ids.</param>
    /// <param name="unrecorded">The text for one that is not; its ids stand at the same places.</param>
    /// <param name="trace">Where the trace id goes.</param>
    /// <param name="span">Where the span id goes.</param>
    public CategoryText(byte[] withoutSpan, byte[] recorded, byte[] unrecorded, int trace, int span)
    {
        _plain = withoutSpan;
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
    public ReadOnlySpan<byte> Plain => _plain;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(Line line, Activity? activity)
    {
        if (activity is null)
        {
            line.Raw(_plain);
            return;
        }
        var text = activity.Recorded ? _recorded : _unrecorded;
        ref var target = ref line.Ensure(text.Length);
        LongCopy.Copy(ref target, ref MemoryMarshal.GetArrayDataReference(text), text.Length);
        TraceContext.Trace(ref Unsafe.Add(ref target, _trace), activity);
        TraceContext.Span(ref Unsafe.Add(ref target, _span), activity);
        line.Position += text.Length;
    }

    /// <summary>The text with the event's number after its field's name, or null when as many other events have been met that none more is kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public CategoryText? WithEvent(ReadOnlySpan<byte> name, int id)
    {
        var found = _events[id & (MostEvents - 1)];
        if (found is null) found = Keep(name, id);
        return found._event == id ? found : null;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private CategoryText Keep(ReadOnlySpan<byte> name, int id)
    {
        byte[] after = [.. name, .. Encoding.ASCII.GetBytes(id.ToString(CultureInfo.InvariantCulture))];
        var made = new CategoryText([.. _plain, .. after], [.. _recorded, .. after], [.. _unrecorded, .. after], _trace, _span) { _event = id };
        return Interlocked.CompareExchange(ref _events[id & (MostEvents - 1)], made, null) ?? made;
    }
}
