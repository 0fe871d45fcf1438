using System.Diagnostics;
using System.Runtime.CompilerServices;
using static System.Text.Encoding;

namespace Observability.Logging;

/// <summary>The constant fields after the message and the current span's ids, joined into as few pieces as can be: each piece is a copy for every line.</summary>
internal sealed class SpanFields
{
    private readonly byte[] _none;
    private readonly byte[] _trace;
    private readonly byte[] _span;
    private readonly byte[] _recorded;
    private readonly byte[] _other;

    /// <param name="before">What comes before the ids, from the end of the message on.</param>
    /// <param name="trace">Name of the trace id's field.</param>
    /// <param name="span">Name of the span id's field.</param>
    /// <param name="emptyWithoutSpan">Whether the ids are empty, rather than absent, when there is no span.</param>
    /// <param name="flags">Name of the trace flags' field, or null.</param>
    /// <param name="after">What comes after the ids.</param>
    public SpanFields(byte[] before, string trace, string span, bool emptyWithoutSpan, string? flags = null, byte[]? after = null)
    {
        after ??= [];
        _trace = [.. before, .. UTF8.GetBytes($",\"{trace}\":\"")];
        _span = UTF8.GetBytes($"\",\"{span}\":\"");
        _none = emptyWithoutSpan ? [.. _trace, .. _span, (byte)'"', .. after] : [.. before, .. after];
        _recorded = [.. End(flags, "01"), .. after];
        _other = [.. End(flags, "00"), .. after];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(Line line, Activity? activity)
    {
        if (activity is null)
        {
            line.Raw(_none);
            return;
        }
        line.Raw(_trace);
        TraceContext.Trace(line, activity);
        line.Raw(_span);
        TraceContext.Span(line, activity);
        line.Raw(activity.Recorded ? _recorded : _other);
    }

    private static byte[] End(string? flags, string value) => UTF8.GetBytes(flags is null ? "\"" : $"\",\"{flags}\":\"{value}\"");
}
