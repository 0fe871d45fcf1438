using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace Observability.Logging;

/// <summary>The head of lines whose message is one text, and the whole line when nothing comes behind it, to be copied.</summary>
internal sealed class KeptHead
{
    private readonly byte[] _bytes;
    private readonly byte[] _whole;
    private readonly int _contextStart;
    private readonly int _attributesStart;

    /// <param name="line">A line that has its head and nothing behind it.</param>
    /// <param name="text">The message.</param>
    /// <param name="level">The line's level.</param>
    /// <param name="id">The event's number.</param>
    /// <param name="context">The category's text in the head.</param>
    /// <param name="contextStart">Where it begins.</param>
    public KeptHead(Line line, string text, LogLevel level, int id, byte[] context, int contextStart)
    {
        Text = text;
        Level = level;
        Id = id;
        Context = context;
        _contextStart = contextStart;
        _attributesStart = line.AttributesStart;
        _bytes = line.Bytes.ToArray();
        line.Plan.Format.EndAttributes(line);
        line.Plan.Format.Close(line);
        _whole = line.Bytes.ToArray();
        line.Position = 0;
        line.Raw(_bytes);
        // The places of the ids as they were before they were filled.
        context.CopyTo(_bytes, contextStart);
        context.CopyTo(_whole, contextStart);
    }

    public string Text { get; }

    public LogLevel Level { get; }

    public int Id { get; }

    public byte[] Context { get; }

    /// <summary>Puts the whole line into the queue, written in place; false when it has no room just now. The line lends what it knows of the time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAppend(LineQueue queue, Line line, LineOpening opening, long utcTicks, CategoryText category, Activity? activity)
    {
        // All that could fail comes before the room is taken.
        opening.Prepare(line.Timestamp, utcTicks);
        string? traceId = null, spanId = null;
        if (activity is not null) (traceId, spanId) = (activity.TraceId.ToHexString(), activity.SpanId.ToHexString());
        var bytes = _whole;
        ref var target = ref queue.TryReserve(bytes.Length, out var segment);
        if (Unsafe.IsNullRef(ref target)) return false;
        Unsafe.CopyBlockUnaligned(ref target, ref MemoryMarshal.GetArrayDataReference(bytes), (uint)bytes.Length);
        line.Timestamp.WritePrepared(ref target, utcTicks);
        if (traceId is not null) category.Fill(ref Unsafe.Add(ref target, _contextStart), traceId, spanId!);
        queue.Commit(segment!, bytes.Length, Level, line.Slot);
        return true;
    }

    /// <summary>Begins an empty line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(Line line, LineOpening opening, long utcTicks, CategoryText category, Activity? activity)
    {
        var bytes = _bytes;
        ref var target = ref line.Ensure(bytes.Length);
        Unsafe.CopyBlockUnaligned(ref target, ref MemoryMarshal.GetArrayDataReference(bytes), (uint)bytes.Length);
        opening.Rewrite(ref target, line.Timestamp, utcTicks);
        if (activity is not null) category.Fill(ref Unsafe.Add(ref target, _contextStart), activity);
        line.AttributesStart = _attributesStart;
        line.Position = bytes.Length;
    }
}
