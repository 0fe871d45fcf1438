using System.Buffers;
using System.Collections.Concurrent;

namespace Observability.Diagnostics;

/// <summary>
/// Tells events of one kind: those of one id whose first line has the same words. Numbers change from event to event and tell nothing, except in a name. Nor
/// does what a peer sent instead of an answer, which faults quote; what follows the first line is how a fault came about.
/// </summary>
internal sealed class DiagnosticKinds
{
    /// <summary>Of one id. A message may repeat what others sent; what is new in an id beyond this many kinds is one kind.</summary>
    private const int MostKinds = 100;

    /// <summary>FNV-1a over 64 bits.</summary>
    private const ulong Offset = 14695981039346656037UL;
    private const ulong Prime = 1099511628211UL;

    /// <summary>What quoted names, settings and addresses are made of. Bytes that are no text are read as question marks.</summary>
    private static readonly SearchValues<char> Texts = SearchValues.Create([.. Enumerable.Range(' ', 95).Select(c => (char)c).Where(c => c != '?')]);

    private readonly ConcurrentDictionary<int, KindsOfAnId> _ids = new();

    public Quiet Of(DiagnosticEvent diagnostic) => _ids.GetOrAdd(diagnostic.Id, static _ => new KindsOfAnId()).Of(Words(diagnostic.Message));

    /// <summary>A hash: a table of messages as they are would be as large as they are.</summary>
    private static ulong Words(string message)
    {
        var line = message.AsSpan().TrimStart("\r\n");
        var end = line.IndexOfAny('\r', '\n');
        if (end >= 0) line = line[..end];
        var open = line.IndexOf('\'');
        if (open < 0) return Words(Offset, line);
        var close = line.LastIndexOf('\'');
        // What is quoted may have an end of line in it.
        var quoted = close > open ? line[open..close] : line[open..];
        return Words(Offset, quoted.IndexOfAnyExcept(Texts) < 0 ? line : line[..open]);
    }

    private static ulong Words(ulong hash, ReadOnlySpan<char> text)
    {
        var inName = false;
        foreach (var character in text)
        {
            if (!char.IsAsciiDigit(character)) inName = char.IsLetter(character) || character == '_';
            else if (!inName) continue;
            hash = (hash ^ character) * Prime;
        }
        return hash;
    }

    private sealed class KindsOfAnId
    {
        private readonly ConcurrentDictionary<ulong, Quiet> _kinds = new();
        private readonly Quiet _others = new();

        public Quiet Of(ulong words)
        {
            if (_kinds.TryGetValue(words, out var quiet)) return quiet;
            return _kinds.Count < MostKinds ? _kinds.GetOrAdd(words, static _ => new Quiet()) : _others;
        }
    }
}
