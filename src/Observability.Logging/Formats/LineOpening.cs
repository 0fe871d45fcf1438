using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using static System.Text.Encoding;

namespace Observability.Logging;

/// <summary>How a line begins up to its message's text: the opening brace, the timestamp, the level.</summary>
internal sealed class LineOpening
{
    private readonly byte[] _timestamp;
    private readonly Piece[] _levels;

    /// <param name="timestamp">Name of the timestamp's field.</param>
    /// <param name="level">Name of the level's field.</param>
    /// <param name="levels">One text for each <see cref="LogLevel"/> from Trace to None.</param>
    /// <param name="message">Name of the message's field.</param>
    /// <param name="numbers">One whole field for each level, written after its text; or null.</param>
    public LineOpening(string timestamp, string level, string[] levels, string message, string[]? numbers = null)
    {
        _timestamp = UTF8.GetBytes($"{{\"{timestamp}\":\"");
        _levels = new Piece[levels.Length];
        for (var i = 0; i < levels.Length; i++) _levels[i] = new Piece(UTF8.GetBytes($"\",\"{level}\":\"{levels[i]}\"{numbers?[i]},\"{message}\":\""));
    }

    /// <summary>Puts another time into a line that began so.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Rewrite(ref byte start, TimestampText time, long utcTicks) => time.Write(ref start, _timestamp, utcTicks);

    /// <summary>Makes ready for lines of this time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prepare(TimestampText time, long utcTicks) => time.Prepare(_timestamp, utcTicks);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(Line line, long utcTicks, LogLevel level)
    {
        var before = _timestamp;
        var after = _levels[(int)level];
        var start = before.Length + TimestampText.Length;
        ref var target = ref line.Ensure(start + after.Length + Piece.Short);
        line.Timestamp.Write(ref target, before, utcTicks);
        after.CopyTo(ref Unsafe.Add(ref target, start));
        line.Position += start + after.Length;
    }
}
