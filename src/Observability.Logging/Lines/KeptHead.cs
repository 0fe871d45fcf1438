using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace Observability.Logging;

/// <summary>The head of lines whose message is one text, to be copied whole.</summary>
internal sealed class KeptHead
{
    private readonly byte[] _bytes;
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
        // The places of the ids as they were before they were filled.
        context.CopyTo(_bytes, contextStart);
    }

    public string Text { get; }

    public LogLevel Level { get; }

    public int Id { get; }

    public byte[] Context { get; }

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
